import type { Client } from "pg";
import type { TestCluster } from "../test/integration/cluster.ts";
import type { Routed } from "./fill-cluster.ts";

const changes = 1_000;
const overMs = 10_000;
const lookEveryMs = 100;
const limitMs = 120_000;

export type Storm = {
  /** From the moment that a change was sent until the catalogue had it, to a tenth of a second. */
  readonly delays: readonly number[];
  /** From the last change's being sent until the catalogue had all. */
  readonly afterLastMs: number;
  /** From the first change to the last. */
  readonly tookMs: number;
};

/** Half of the changes are titles of Services, half are host names of routes. */
async function change(cluster: TestCluster, { namespace, name }: Routed, index: number, word: string): Promise<void> {
  const place = `namespaces/${namespace}`;
  const [path, body] =
    index % 2 === 0
      ? [`/api/v1/${place}/services/${name}`, { metadata: { annotations: { "gatebook.dev/title": word } } }]
      : [
          `/apis/gateway.networking.k8s.io/v1/${place}/httproutes/${name}`,
          { spec: { hostnames: [`${word}.models.test`] } },
        ];
  const answer = await cluster.send("PATCH", path, body, "application/merge-patch+json");
  if (answer.status !== 200) throw new Error(`${path} answered ${String(answer.status)}.`);
}

/** Changes so many objects at an even pace and looks when the catalogue has them. */
export async function runStorm(cluster: TestCluster, client: Client, routed: readonly Routed[]): Promise<Storm> {
  const sent = new Map<string, number>();
  const delays: number[] = [];
  const startedMs = performance.now();
  const changing: Promise<void>[] = [];

  async function look(): Promise<void> {
    const names = [...sent.keys()];
    const found = await client.query<{ name: string }>(
      `SELECT name FROM api WHERE name = ANY($1)
         AND ("declaredTitle" = 'storm-' || name OR array_to_string("publicUrls", ' ') LIKE '%storm-' || name || '.%')`,
      [names],
    );
    const nowMs = performance.now();
    for (const { name } of found.rows) {
      delays.push(nowMs - (sent.get(name) ?? nowMs));
      sent.delete(name);
    }
  }

  const sending = (async () => {
    for (const [index, one] of routed.slice(0, changes).entries()) {
      const dueMs = startedMs + (index * overMs) / changes;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())));
      sent.set(one.name, performance.now());
      changing.push(change(cluster, one, index, `storm-${one.name}`));
    }
    return performance.now();
  })();
  let lastMs: number | null = null;
  void sending.then((ms) => {
    lastMs = ms;
  });
  while (delays.length < Math.min(changes, routed.length)) {
    if (performance.now() - startedMs > limitMs) throw new Error(`${String(sent.size)} changes are not to be seen.`);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    await look();
  }
  const endedMs = performance.now();
  await Promise.all(changing);
  return { delays, afterLastMs: endedMs - (lastMs ?? endedMs), tookMs: (lastMs ?? endedMs) - startedMs };
}
