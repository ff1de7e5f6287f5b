import type { WebSettings } from "../env/index.ts";

/** How long a session lasts without being used, and at most. */
export const sessionIdleMs = 8 * 60 * 60 * 1000;
export const sessionAgeMsMax = 24 * 60 * 60 * 1000;

/** Whether browsers reach the portal by https alone; then cookies are bound to that and to this host. */
export function isSecure(settings: Pick<WebSettings, "PUBLIC_URL">): boolean {
  return new URL(settings.PUBLIC_URL).protocol === "https:";
}

/** The name of the cookie that carries the session's token. */
export function sessionCookieName(settings: Pick<WebSettings, "PUBLIC_URL">): string {
  return `${isSecure(settings) ? "__Host-" : ""}gatebook-session`;
}

/** One cookie of a Cookie header, or null. */
export function readCookie(header: string | null, name: string): string | null {
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
