import type { WebSettings } from "../env/index.ts";

type Settings = Pick<WebSettings, "PUBLIC_URL" | "OIDC_ISSUER" | "NODE_ENV">;

/**
 * What a page may load and do. Scripts run by nonce alone, and what those load; nothing of a description can become one.
 * Style elements come from files of ours; `style` attributes are allowed because Swagger UI and charts set sizes by them,
 * and cannot run anything. Forms may lead to the identity provider, since signing in is a form that is redirected there.
 */
export function contentPolicy(settings: Settings, nonce: string): string {
  const development = settings.NODE_ENV === "development";
  const secure = new URL(settings.PUBLIC_URL).protocol === "https:";
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // Development servers put styles into the page by script.
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    `form-action 'self' ${new URL(settings.OIDC_ISSUER).origin}`,
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** Headers for every answer, pages and REST alike. */
export function securityHeaders(settings: Pick<WebSettings, "PUBLIC_URL">): Readonly<Record<string, string>> {
  const secure = new URL(settings.PUBLIC_URL).protocol === "https:";
  return {
    "x-content-type-options": "nosniff",
    // Not "no-referrer": under it browsers send forms without their origin, which the origin check needs.
    "referrer-policy": "same-origin",
    "permissions-policy":
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), microphone=(), payment=(), serial=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    ...(secure ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}
