import type { WebSettings } from "../env/index.ts";

/** Set by the HTTP server in front of Next from the socket itself, over whatever the caller wrote there. */
const peerHeader = "x-gatebook-peer";

/**
 * The address that a request is counted under. With N trusted proxies it is the Nth from the end of X-Forwarded-For and the
 * socket together; without any, what a caller writes into that header means nothing.
 */
export function clientAddress(settings: Pick<WebSettings, "TRUSTED_PROXIES">, headers: Headers): string {
  const peer = headers.get(peerHeader) ?? "unknown";
  const forwarded = (headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const chain = [...forwarded, peer];
  const at = Math.max(0, chain.length - 1 - settings.TRUSTED_PROXIES);
  return settings.TRUSTED_PROXIES === 0 ? peer : (chain[at] ?? peer);
}
