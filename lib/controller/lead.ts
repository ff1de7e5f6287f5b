import { setTimeout as pause } from "node:timers/promises";
import type { ProbeTarget } from "../model/index.ts";
import { askRevision } from "./ask-revision.ts";
import { createLanes } from "./lanes.ts";
import { controllerMetrics } from "./metrics.ts";
import { createHoldNotes } from "./note-holds.ts";
import { createDescriptionReport } from "./report-descriptions.ts";
import { reconcile } from "./reconcile.ts";
import { settleVersions } from "./settle-versions.ts";
import { createSourceReport } from "./source-report.ts";
import type { Term } from "./term.ts";

const debounceMs = 30;
const restMsMax = 500;
/** How often it is looked whom to ask without a reason: who is asked once a day becomes due by the hour alone. */
const lookEveryMs = 30_000;
const tickMs = 1_000;
const settleConcurrency = 4;
const retryMs = { first: 250, most: 30_000 };

/** Something to wait for that may come before or after one waits. */
function createSignal(): { ring(): void; wait(ms: number): Promise<void> } {
  let rung = false;
  let wake = (): void => undefined;
  return {
    ring: () => {
      rung = true;
      wake();
    },
    wait: async (ms) => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
    },
  };
}

/** The host that a question goes to, for the limit of questions a host. */
function hostOf(target: ProbeTarget): string {
  const [address] = target.addresses;
  if (address !== undefined) return `${address.host}:${String(address.port)}`;
  return target.declared?.kind === "url" ? (URL.parse(target.declared.url)?.host ?? "") : "";
}

/** Failures of one name, for waits that grow. */
function createRetries(again: (name: string) => void): {
  failed(name: string): void;
  worked(name: string): void;
  stop(): void;
} {
  const counts = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  return {
    failed: (name) => {
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      const wait = Math.min(retryMs.first * 2 ** count, retryMs.most) * (0.5 + Math.random());
      const timer = setTimeout(() => {
        timers.delete(timer);
        again(name);
      }, wait);
      timers.add(timer);
    },
    worked: (name) => {
      counts.delete(name);
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/**
 * Leads one cluster until the term ends: looks whenever the lists change, writes what changed, asks who is to be asked and
 * settles versions. Level-triggered throughout: whatever fails is tried again from what the lists and the store say then, and
 * one API that fails keeps no other waiting. Resolves when the term has ended and nothing of it writes any more.
 */
export async function lead(term: Term): Promise<void> {
  const { edges, logger, memory } = term;
  const report = createSourceReport(term);
  const descriptions = createDescriptionReport(term);
  const holds = createHoldNotes(term);
  const changed = createSignal();
  const asking = new Set<string>();
  const unsubscribe = edges.subscribe(() => {
    changed.ring();
  });

  void term.ended.then(() => {
    changed.ring();
  });

  const settling = createLanes(settleConcurrency, async (apiId) => {
    try {
      await settleVersions(term, apiId);
      descriptions.stir(apiId);
      settleRetries.worked(apiId);
    } catch (err) {
      if (!term.isLeading()) return;
      controllerMetrics.failures.inc({ work: "settle" });
      logger.warn({ err, apiId }, "the versions of an API could not be settled; it is tried again");
      settleRetries.failed(apiId);
    }
  });
  const settleRetries = createRetries((apiId) => {
    settling.want(apiId);
  });
  const askRetries = createRetries((apiId) => {
    lookAt(apiId);
  });

  async function ask(apiId: string, target: ProbeTarget): Promise<void> {
    const name = `${apiId} ${target.revision} ${target.probeKey}`;
    if (asking.has(name)) return;
    asking.add(name);
    try {
      const written = await term.gate.run(
        hostOf(target),
        async () => term.isLeading() && askRevision(term, apiId, target),
      );
      askRetries.worked(apiId);
      if (written) settling.want(apiId);
    } catch (err) {
      if (!term.isLeading()) return;
      controllerMetrics.failures.inc({ work: "ask" });
      logger.warn(
        { err, apiId, revision: target.revision },
        "a description could not be dealt with; it is tried again",
      );
      askRetries.failed(apiId);
    } finally {
      asking.delete(name);
    }
  }

  /** Asks what is due to be asked of one API. */
  function askDue(apiId: string): void {
    const live = memory.live.get(apiId);
    if (live === undefined || !term.isLeading()) return;
    const records = memory.acquisitions.get(apiId);
    for (const target of live.api.probes) {
      if (edges.shouldAsk(target, records?.get(target.revision) ?? null, term.clock())) {
        void ask(apiId, target);
      } else if (target.hold !== null) {
        holds.note(apiId, target);
      }
    }
  }

  /** Asks and settles what is due for one API; cheap where nothing is. */
  function lookAt(apiId: string): void {
    askDue(apiId);
    settling.want(apiId);
  }

  const ticker = setInterval(() => {
    report.flush().catch((err: unknown) => {
      logger.debug({ err }, "the state of the sources could not be written; the next tick does");
    });
    descriptions.flush().catch((err: unknown) => {
      logger.debug({ err }, "the status of ApiDescriptions could not be written; the next tick does");
    });
  }, tickMs);
  let failures = 0;
  let lookedAt = 0;
  try {
    while (term.isLeading()) {
      const startedMs = performance.now();
      try {
        const discovery = await reconcile(term, lookAt);
        report.note(discovery);
        descriptions.note(discovery);
        failures = 0;
      } catch (err) {
        if (!term.isLeading()) break;
        failures += 1;
        controllerMetrics.failures.inc({ work: "reconcile" });
        logger.warn({ err }, "what changed could not be written; it is tried again");
        await pause(Math.min(retryMs.first * 2 ** (failures - 1), retryMs.most) * (0.5 + Math.random()));
        continue;
      }
      const now = term.clock().getTime();
      if (now - lookedAt > lookEveryMs) {
        lookedAt = now;
        for (const apiId of memory.live.keys()) askDue(apiId);
      }
      const tookMs = performance.now() - startedMs;
      await changed.wait(tickMs * 5);
      // What changes meanwhile is looked at together: after a long look there is a rest, a third of it at most.
      await pause(Math.min(Math.max(debounceMs, tookMs / 3), restMsMax));
    }
  } finally {
    unsubscribe();
    clearInterval(ticker);
    settleRetries.stop();
    askRetries.stop();
  }
  await settling.idle();
  await descriptions.flush().catch(() => undefined);
  await holds.idle();
}
