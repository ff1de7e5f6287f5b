import type { TestCluster } from "../integration/cluster.ts";
import { callPath, exampleOf, refusalOf, send } from "./call-described.ts";
import { checkBudget, checkEntry, checkRequests, placeOf } from "./check-server.ts";
import type { ServerResult } from "./result-table.ts";
import type { RunningServer } from "./running-server.ts";
import type { Expected, ServerCase } from "./server-case.ts";
import type { CatalogueEntry, WatchingPortal } from "./watching-portal.ts";

/** One server on its way through the run. What goes wrong with it is noted and stops no other. */
export type Trial = {
  readonly server: ServerCase;
  /** Of its pod; null where it does not run. */
  readonly address: string | null;
  skip(reason: string): void;
  runsAt(running: RunningServer, address: string): void;
  /** Does something with it, and notes what is thrown. */
  attempt(what: string, work: () => Promise<void>): Promise<void>;
  lookFirst(portal: WatchingPortal): Promise<void>;
  lookDaily(portal: WatchingPortal, when: string): Promise<void>;
  expectNothing(when: string): Promise<void>;
  /** What becomes of it once its owner has said something; nothing where he says nothing. */
  followOwner(portal: WatchingPortal, cluster: TestCluster): Promise<void>;
  call(): Promise<void>;
  result(): ServerResult;
};

function isSettled({ acquisition, document, origin }: CatalogueEntry): boolean {
  if (acquisition === null || acquisition.outcome === "held") return false;
  return acquisition.outcome !== "fetched" || (document !== null && origin !== "none");
}

export function createTrial(server: ServerCase): Trial {
  let expected: Expected = server.expected;
  let running: RunningServer | null = null;
  let address: string | null = null;
  let skipped: string | null = null;
  let entry: CatalogueEntry | null = null;
  let first: readonly string[] = [];
  let daily = 0;
  let answered = 0;
  const problems: string[] = [];

  async function attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (err) {
      problems.push(`${what}: ${err instanceof Error ? err.message : String(err)}`);
    }
  }

  /** Does something with the server where it runs. */
  async function withRunning(what: string, work: (own: RunningServer) => Promise<void>): Promise<void> {
    const own = running;
    if (own !== null) await attempt(what, () => work(own));
  }

  async function look(portal: WatchingPortal, own: RunningServer, when: string): Promise<void> {
    entry = await portal.waitUntilAsked(server.api, isSettled);
    first = await own.takeRequests();
    problems.push(...checkEntry(expected, entry), ...checkRequests(when, server, expected.first, first));
    const counted = entry.acquisition?.requests ?? 0;
    if (counted !== first.length)
      problems.push(`${when}: the portal counted ${String(counted)} requests, the server ${String(first.length)}`);
  }

  return {
    server,
    get address() {
      return address;
    },
    attempt,
    skip(reason) {
      skipped = reason;
    },
    runsAt(own, at) {
      running = own;
      address = at;
    },
    lookFirst: (portal) => withRunning("looking first", (own) => look(portal, own, "at first")),
    lookDaily: (portal, when) =>
      withRunning(when, async (own) => {
        const before = entry?.acquisition?.askedAt ?? new Date(0);
        entry = await portal.waitUntilAsked(server.api, ({ acquisition }) => (acquisition?.askedAt ?? before) > before);
        const seen = await own.takeRequests();
        daily = Math.max(daily, seen.length);
        problems.push(...checkEntry(expected, entry), ...checkBudget(when, seen));
        problems.push(...checkRequests(when, server, expected.daily, seen));
      }),
    expectNothing: (when) =>
      withRunning(when, async (own) => {
        problems.push(...checkRequests(when, server, [], await own.takeRequests()));
      }),
    followOwner: (portal, cluster) =>
      withRunning("after the owner's word", async (own) => {
        const { afterwards } = server;
        if (afterwards === undefined) return;
        const before = entry?.acquisition?.probeKey;
        await afterwards.annotate(cluster);
        await portal.waitUntilAsked(server.api, (now) => now.acquisition?.probeKey !== before && isSettled(now));
        expected = afterwards.expected;
        await look(portal, own, "after the owner's word");
      }),
    call: () =>
      withRunning("calling", async (own) => {
        if (entry === null || entry.document === null) return;
        const { document, operations } = entry;
        const calling = (operation: string, path: string | undefined, body: unknown): Promise<string | null> =>
          send(operation.split(" ")[0] ?? "", `${own.url}${path ?? callPath(operations, operation)}`, body);
        for (const call of server.calls) {
          const refusal = refusalOf(document, call);
          if (refusal !== null)
            problems.push(`${call.operation}: its description does not tell of what works: ${refusal}`);
          const fault = await calling(call.operation, call.path, call.body);
          if (fault !== null) problems.push(`a known call: ${fault}`);
        }
        for (const operation of expected.examples ?? []) {
          const example = exampleOf(document, operation);
          if (example === undefined) {
            problems.push(`${operation} has no example`);
            continue;
          }
          const fault = await calling(operation, undefined, example);
          if (fault === null) answered += 1;
          else problems.push(`its example: ${fault}`);
        }
      }),
    result: () => {
      const examples = expected.examples?.length ?? 0;
      return {
        title: server.title,
        version: running?.version ?? "",
        skipped,
        place: entry === null ? "not found" : placeOf(entry),
        operations: entry?.operations.length ?? 0,
        first: first.length,
        daily,
        examples: examples === 0 ? "–" : `${String(answered)} of ${String(examples)}`,
        problems,
      };
    },
  };
}
