import type { PortalEvent } from "@/lib/contract/index.ts";

/** What a page can hear: the portal's own events, and what happened to the stream or in another tab. */
export type PortalSignal =
  | PortalEvent
  /** The stream was away; whatever is shown may be out of date. */
  | { readonly type: "reconnected" }
  | { readonly type: "session-expired" }
  /** Notices were read here or in another tab. */
  | { readonly type: "unread"; readonly unread: number };

export type StreamState = "connecting" | "live" | "offline";

/** The names under which the stream sends its events. */
export const eventTypes: readonly string[] = ["api", "version", "notice", "sources"];

function isPortalEvent(value: unknown): value is PortalEvent {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    typeof value.type === "string" &&
    eventTypes.includes(value.type)
  );
}

/**
 * Reads one message of the stream; null for what a newer server may say and this page does not know. The shape is the
 * server's own contract, so only the kind is looked at: the schemas would weigh more than the page.
 */
export function readPortalEvent(data: unknown): PortalEvent | null {
  if (typeof data !== "string") return null;
  try {
    const value: unknown = JSON.parse(data);
    return isPortalEvent(value) ? value : null;
  } catch (err) {
    if (err instanceof SyntaxError) return null;
    throw err;
  }
}
