import { sha256Hex } from "../base/index.ts";
import type { Discovery } from "../model/index.ts";
import { confirmApis, saveDiscoveryReport, saveSourceStates } from "../store/index.ts";
import type { Term } from "./term.ts";

/** The admin page's picture of the cluster: written soon when it changes, and now and then to say that it still holds. */
export type SourceReport = {
  /** Takes what discovery said last. */
  note(discovery: Discovery): void;
  /** Writes what is due. */
  flush(): Promise<void>;
};

const changedEveryMs = 2_000;
const sameEveryMs = 60_000;

export function createSourceReport(term: Term): SourceReport {
  const { edges, store, clock } = term;
  let discovery: Discovery | null = null;
  let written = { statesDigest: "", reportDigest: "", at: 0 };

  /** When its objects were last seen: those whose kinds are all known, at this moment. */
  function listConfirmed(stale: ReadonlySet<string>): readonly string[] {
    return [...term.memory.live.values()]
      .filter(({ api }) => !api.provenance.some(({ object }) => stale.has(object.kind)) && !stale.has(api.key.kind))
      .map(({ id }) => id);
  }

  return {
    note: (said) => {
      discovery = said;
    },
    flush: async () => {
      if (!term.isLeading()) return;
      const now = clock();
      const age = now.getTime() - written.at;
      if (age < changedEveryMs) return;
      const statuses = edges.describeLists();
      const statesDigest = sha256Hex(
        JSON.stringify(
          statuses.map(({ group, kind, version, state, objectCount }) => [group, kind, version, state, objectCount]),
        ),
      );
      const report = discovery === null ? null : { leftOut: discovery.leftOut, warnings: discovery.warnings };
      const reportDigest = report === null ? "" : sha256Hex(JSON.stringify(report));
      const isOld = age >= sameEveryMs;
      if (statesDigest === written.statesDigest && reportDigest === written.reportDigest && !isOld) return;
      await store.transaction(async (tx) => {
        await saveSourceStates(tx, edges.cluster, statuses);
        if (report !== null && (reportDigest !== written.reportDigest || isOld)) {
          await saveDiscoveryReport(tx, edges.cluster, report);
        }
      });
      if (isOld) {
        const stale = new Set(statuses.filter(({ state }) => state.kind === "stale").map(({ kind }) => kind));
        await confirmApis(store.db, listConfirmed(stale), now);
      }
      written = { statesDigest, reportDigest, at: now.getTime() };
    },
  };
}
