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
};
