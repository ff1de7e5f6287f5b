import { sha256Hex } from "../base/index.ts";
import type { AcquisitionRecord, ProbeTarget } from "../model/index.ts";

export type AskDecision = { readonly ask: boolean; readonly reason: string };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Faults that pass by themselves are looked at again after so many minutes, then daily like everything else. */
const patienceMinutes = [1, 10, 60];
const passing = new Set(["unreachable", "timed-out", "server-error"]);

/** A day, more or less a tenth by the key, so that a thousand models are not asked in one minute. */
function periodMs(target: ProbeTarget): number {
  const spread = Number.parseInt(sha256Hex(target.probeKey).slice(0, 4), 16) / 0xffff;
  return dayMs * (1 + 0.1 * spread);
}

/**
 * Whether a revision is to be asked now: when its key changed, and once a day after that (DESIGN §5, §13). A passing fault
 * is tried again at growing distances; how often is told by how many requests the record already counts.
 */
export function shouldAsk(target: ProbeTarget, record: AcquisitionRecord | null, now: Date): AskDecision {
  if (target.hold !== null) return { ask: false, reason: target.hold };
  if (record === null || record.probeKey !== target.probeKey) return { ask: true, reason: "new" };
  if (record.outcome === "held") return { ask: true, reason: "no longer held" };
  const sinceMs = now.getTime() - record.askedAt.getTime();
  if (sinceMs >= periodMs(target)) return { ask: true, reason: "daily" };
  if (record.outcome === "failed" && record.failure !== null && passing.has(record.failure)) {
    const waitMinutes = patienceMinutes[Math.max(0, record.requests - 1)];
    if (waitMinutes !== undefined && sinceMs >= waitMinutes * minuteMs) return { ask: true, reason: "a passing fault" };
  }
  return { ask: false, reason: "asked already" };
}
