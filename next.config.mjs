/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types and lint are `npm run check`; the build only builds.
  typescript: { ignoreBuildErrors: true },
  // What runs on the server alone stays outside the bundles: native parts, WebAssembly, workers, and state that the process
  // shares between bundles.
  serverExternalPackages: [
    "@prisma/adapter-pg",
    "@prisma/client",
    "@prisma/driver-adapter-utils",
    "graphile-worker",
    "next-auth",
    "nodemailer",
    "openid-client",
    "pg",
    "pino",
    "prom-client",
    "rate-limiter-flexible",
    "undici",
    "yaml",
  ],
  images: { unoptimized: true },
  // The portal runs beside its node_modules; tracing which of their files a copy would need takes a third of the build.
  outputFileTracingExcludes: { "*": ["**/*"], "next-server": ["**/*"], "next-minimal-server": ["**/*"] },
};
