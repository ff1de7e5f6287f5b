import type { WebSettings } from "../env/index.ts";

/**
 * Why a mutation from a browser is refused, or null. A cookie travels with requests that other sites start; only what a
 * page of the portal itself sends may change anything. Programs with a token carry no cookie and are not asked.
 */
export function checkOrigin(settings: Pick<WebSettings, "PUBLIC_URL">, headers: Headers): string | null {
  const own = new URL(settings.PUBLIC_URL).origin;
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (origin !== null && origin !== own) {
    return `This came from ${origin.slice(0, 200)}, and changes are made only from pages of ${own}: open the portal there.`;
  }
  if (site !== null && site !== "same-origin") {
    return `This came from another site, and changes are made only from pages of ${own}.`;
  }
  if (origin === null && site === null) {
    return "The request says neither its Origin nor its Sec-Fetch-Site: use an access token for programs.";
  }
  return null;
}
