import { sha256Hex } from "../base/index.ts";
import type { AcquisitionFailure, AcquisitionRecord, ProbeTarget } from "../model/index.ts";

export type AskDecision = { readonly ask: boolean; readonly reason: string };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** What costs no model anything may be looked at this often. */
const freeMinutes = 10;

/** A day, and up to a tenth more by the key, so that a thousand models are not asked in one minute. */
function periodMs(target: ProbeTarget): number {
  if (target.declared?.kind === "config-map") return freeMinutes * minuteMs;
  const spread = Number.parseInt(sha256Hex(target.probeKey).slice(0, 4), 16) / 0xffff;
  return dayMs * (1 + 0.1 * spread);
}

/**
 * How many minutes after a failure it is worth trying again before the day is over; null where it is not. `requests` are the
 * ones since it first failed. What never reached the model is tried at growing distances; what did is tried once more, which
 * keeps the day at two requests (DESIGN §13).
 */
function patienceMinutes(failure: AcquisitionFailure, requests: number): number | null {
  switch (failure) {
    case "unreachable":
      // Nothing could even be tried: no address is known, or the portal was too busy.
      return requests === 0 ? freeMinutes : ([1, 5, 15, 60, 240][requests - 1] ?? null);
    case "timed-out":
    case "server-error":
      return requests <= 1 ? 10 : null;
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

/**
 * Whether a revision is to be asked now: when its key changed, and once a day after that (DESIGN §5, §13); a ConfigMap, which
 * is nobody's model, every ten minutes. A passing fault is tried again a few times, see `patienceMinutes`.
 */
export function shouldAsk(target: ProbeTarget, record: AcquisitionRecord | null, now: Date): AskDecision {
  if (target.hold !== null) return { ask: false, reason: target.hold };
  if (record === null || record.probeKey !== target.probeKey) return { ask: true, reason: "new" };
  if (record.outcome === "held") return { ask: true, reason: "no longer held" };
  const sinceMs = now.getTime() - record.askedAt.getTime();
  if (sinceMs >= periodMs(target)) return { ask: true, reason: "daily" };
  // A clock that was wrong by days must not silence a model for as long.
  if (sinceMs < -dayMs) return { ask: true, reason: "asked in the future" };
  const waitMinutes =
    record.outcome === "failed" && record.failure !== null ? patienceMinutes(record.failure, record.requests) : null;
  return waitMinutes !== null && sinceMs >= waitMinutes * minuteMs
    ? { ask: true, reason: "a passing fault" }
    : { ask: false, reason: "asked already" };
}
