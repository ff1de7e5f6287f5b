import { sha256Hex } from "../base/index.ts";
import type { AcquisitionFailure, AcquisitionRecord, ProbeTarget } from "../model/index.ts";
import { restOf } from "./rest-of.ts";

export type AskDecision = { readonly ask: boolean; readonly reason: string };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** What costs no model anything may be looked at this often. */
const freeMinutes = 10;

/** A day, and up to a tenth more by the key, so that a thousand models are not asked in one minute. */
function periodMs(target: ProbeTarget): number {
  // What costs no model anything: a ConfigMap, and what is made of other APIs' descriptions.
  if (target.declared?.kind === "config-map" || target.composed !== null) return freeMinutes * minuteMs;
  const spread = Number.parseInt(sha256Hex(target.probeKey).slice(0, 4), 16) / 0xffff;
  return dayMs * (1 + 0.1 * spread);
}

/**
 * How many minutes after a failure it is worth trying again before the day is over; null where it is not. What never reached the
 * model is tried at growing distances; what did is tried once more, which keeps the day at few requests (DESIGN §13).
 */
function patienceMinutes(failure: AcquisitionFailure, { requests, failures }: AcquisitionRecord): number | null {
  switch (failure) {
    case "unreachable":
      // Nothing could even be tried: no address is known, or the portal was too busy.
      return requests === 0 ? freeMinutes : ([1, 5, 15, 60, 240][failures - 1] ?? null);
    case "timed-out":
    case "server-error":
      return failures <= 1 ? 10 : null;
    case "mutual-tls":
    case "refused-address":
    case "unauthorized":
    case "forbidden":
    case "not-found":
    case "redirected":
    case "html":
    case "wrong-type":
    case "too-large":
    case "invalid":
    case "config-map-missing":
      return null;
  }
}

/** True where a route leads to a prefix below which nobody looked yet, and the description was found nowhere else. */
function hasNewPlace(target: ProbeTarget, { outcome, failure, origin, prefixes }: AcquisitionRecord): boolean {
  const isMissing = outcome === "none" || failure === "not-found" || failure === "html";
  return (isMissing || origin === "derived") && target.prefixes.some((prefix) => !prefixes.includes(prefix));
}

/**
 * Whether a revision is to be asked now: when its key changed, and once a day after that (DESIGN §5, §13); what is nobody's model (a
 * ConfigMap, other APIs' descriptions) every ten minutes. A passing fault is tried again a few times, see `patienceMinutes`.
 */
export function shouldAsk(target: ProbeTarget, record: AcquisitionRecord | null, now: Date): AskDecision {
  const rest = restOf(target);
  if (rest === "held") return { ask: false, reason: target.hold ?? "" };
  if (record === null || record.probeKey !== target.probeKey) return { ask: true, reason: "new" };
  if (record.outcome === "held") return { ask: true, reason: "no longer held" };
  // Woken once it is let sleep, whatever came of it.
  if (rest === "once") return { ask: false, reason: "woken already" };
  if (record.admission !== null && target.admission === null) return { ask: true, reason: "a policy was opened" };
  if (hasNewPlace(target, record)) return { ask: true, reason: "a new place to look at" };
  const sinceMs = now.getTime() - record.askedAt.getTime();
  if (sinceMs >= periodMs(target)) return { ask: true, reason: "daily" };
  // A clock that was wrong by days must not silence a model for as long.
  if (sinceMs < -dayMs) return { ask: true, reason: "asked in the future" };
  const waitMinutes =
    record.outcome === "failed" && record.failure !== null ? patienceMinutes(record.failure, record) : null;
  return waitMinutes !== null && sinceMs >= waitMinutes * minuteMs
    ? { ask: true, reason: "a passing fault" }
    : { ask: false, reason: "asked already" };
}
