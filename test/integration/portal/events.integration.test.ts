import { afterEach, beforeEach, expect, test } from "vitest";
import { publishEvent } from "../../../lib/store/index.ts";
import { commitVersion, planVersion } from "../../../lib/versions/index.ts";
import { createTeller } from "../../../lib/notices/index.ts";
import { anybody, signedIn } from "../callers.ts";
import type { Caller } from "../callers.ts";
import { groupsOnly, makeApi, makeDescription } from "../make-api.ts";
import { startPortal } from "../portal.ts";
import type { Portal } from "../portal.ts";
import { createTestDatabase } from "../postgres.ts";
import type { TestDatabase } from "../postgres.ts";
import { waitUntil } from "../wait-until.ts";

let database: TestDatabase;
let portal: Portal;
const streams: Stream[] = [];

type Heard = { readonly id: string; readonly event: string; readonly data: Readonly<Record<string, unknown>> };
type Stream = { readonly heard: Heard[]; readonly lines: string[]; isOver: boolean; close(): void };

/** Reads a stream as a browser does, from when it is open. */
async function listen(caller: Caller, headers: Readonly<Record<string, string>> = {}): Promise<Stream> {
  const leaving = new AbortController();
  const answer = await fetch(`${portal.url}/api/v1/events`, {
    headers: { ...caller.headers, ...headers },
    signal: leaving.signal,
  });
  expect(answer.status).toBe(200);
  const stream: Stream = { heard: [], lines: [], isOver: false, close: () => leaving.abort() };
  streams.push(stream);
  const read = async (): Promise<void> => {
    let text = "";
    for await (const chunk of answer.body ?? []) {
      text += new TextDecoder().decode(chunk);
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const fields = new Map(
          block.split("\n").map((line) => [line.split(": ")[0] ?? "", line.slice(line.indexOf(": ") + 2)]),
        );
        stream.lines.push(block);
        const data = fields.get("data");
        if (data === undefined) continue;
        const parsed: unknown = JSON.parse(data);
        stream.heard.push({
          id: fields.get("id") ?? "",
          event: fields.get("event") ?? "",
          data: typeof parsed === "object" ? { ...parsed } : {},
        });
      }
    }
  };
  read()
    .catch(() => undefined)
    .finally(() => {
      stream.isOver = true;
    });
  await waitUntil("the stream is open", () => stream.lines.length > 0);
  return stream;
}

beforeEach(async () => {
  database = await createTestDatabase();
  portal = await startPortal({ database, heartbeatMs: 50 });
  // The process's one ear is open before anything is said.
  const first = await listen(anybody(portal));
  await waitUntil("LISTEN works", async () => {
    await publishEvent(database.store.db, { type: "sources", cluster: "test" });
    const watched = await database.store.db.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`;
    return (watched[0]?.n ?? 0) > 0;
  });
  first.close();
});

afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  await portal.stop();
  await database.drop();
});

const namesOf = (stream: Stream): unknown[] =>
  stream.heard.filter(({ event }) => event === "api").map(({ data }) => data["pagePath"]);

test("each hears of the APIs that they may see at that moment, and of no others", async () => {
  const nobody = await listen(anybody(portal));
  const carla = await listen(await signedIn(portal, "carla", ["apps"]));
  const ada = await listen(await signedIn(portal, "ada", ["platform"]));
  await makeApi(database.store, "for-admins", { visibility: groupsOnly(), owner: null });
  await makeApi(database.store, "for-apps", { visibility: groupsOnly("apps"), owner: null });
  await makeApi(database.store, "inside", { visibility: { kind: "signed-in" }, owner: null });
  await makeApi(database.store, "open", { visibility: { kind: "public" }, owner: null });
  const last = (stream: Stream) => waitUntil("the last is heard", () => namesOf(stream).includes("/apis/team/open"));
  await Promise.all([last(nobody), last(carla), last(ada)]);
  expect(namesOf(nobody)).toEqual(["/apis/team/open"]);
  expect(namesOf(carla)).toEqual(["/apis/team/for-apps", "/apis/team/inside", "/apis/team/open"]);
  expect(namesOf(ada)).toEqual([
    "/apis/team/for-admins",
    "/apis/team/for-apps",
    "/apis/team/inside",
    "/apis/team/open",
  ]);
});

test("a notice reaches its person alone, whole and with the count", async () => {
  const apiId = await makeApi(database.store, "churn", { visibility: { kind: "signed-in" }, owner: null });
  const carla = await signedIn(portal, "carla", ["apps"]);
  const otto = await signedIn(portal, "otto", ["fraud"]);
  await carla.send("PUT", `/api/v1/apis/${apiId}/follow`, { body: {} });
  const hers = await listen(carla);
  const his = await listen(otto);
  const tell = createTeller({ adminGroups: [], mail: false });
  for (const fields of [["a"], ["a", "b"]]) {
    const now = new Date();
    const plan = await planVersion(database.store.db, {
      apiId,
      ...makeDescription(fields),
      line: "main",
      source: "cluster",
      origin: "fetched",
      lifecycle: "current",
      servedBy: null,
      now,
    });
    if (plan === null) throw new Error("The API is not there.");
    await database.store.transaction(async (tx) => {
      const outcome = await commitVersion(tx, plan);
      await tell(tx, { outcome, api: { id: apiId, visibility: { kind: "signed-in" }, owner: null }, now });
    });
  }
  const told = await waitUntil("the notice", () => hers.heard.find(({ event }) => event === "notice"));
  expect(told.data).toMatchObject({
    type: "notice",
    unread: 1,
    notice: { apiId, apiPath: "/apis/team/churn", versionNumber: 2, verdict: "breaking", readAt: null },
  });
  await waitUntil("he hears of the version", () =>
    his.heard.some(({ event, data }) => event === "version" && data["number"] === 2 && data["lifecycle"] === "current"),
  );
  expect(his.heard.filter(({ event }) => event === "notice")).toEqual([]);
});

test("a stream ends with its session, and says why", async () => {
  const carla = await signedIn(portal, "carla", ["apps"]);
  const stream = await listen(carla);
  await waitUntil("it lives", () => stream.lines.some((line) => line.startsWith(": still")));
  await database.store.db.session.deleteMany();
  await waitUntil("it is over", () => stream.isOver);
  expect(stream.heard.at(-1)?.event).toBe("expired");
});

test("groups that were taken away count at the next beat", async () => {
  const carla = await signedIn(portal, "carla", ["apps"]);
  const stream = await listen(carla);
  await database.store.db.userGroup.deleteMany();
  const beats = stream.lines.length;
  await waitUntil("two beats", () => stream.lines.length > beats + 1);
  await makeApi(database.store, "for-apps", { visibility: groupsOnly("apps"), owner: null });
  await makeApi(database.store, "open", { visibility: { kind: "public" }, owner: null });
  await waitUntil("the later is heard", () => namesOf(stream).includes("/apis/team/open"));
  expect(namesOf(stream)).toEqual(["/apis/team/open"]);
});

test("what was missed in between is told to who comes back with the last id", async () => {
  const caller = anybody(portal);
  const before = await listen(caller);
  await makeApi(database.store, "one", { visibility: { kind: "public" } });
  const last = await waitUntil("the first", () => before.heard.find(({ event }) => event === "api"));
  before.close();
  await waitUntil("it left", () => before.isOver);
  await makeApi(database.store, "two", { visibility: { kind: "public" } });
  const after = await listen(caller, { "last-event-id": last.id });
  await waitUntil("the second", () => namesOf(after).includes("/apis/team/two"));
  expect(namesOf(after)).toEqual(["/apis/team/two"]);
});

test("a lost ear ends the streams, so that pages come again and look", async () => {
  const stream = await listen(anybody(portal));
  await database.store.db.$executeRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`;
  await waitUntil("it is over", () => stream.isOver);
});

test("one caller cannot open streams without end", async () => {
  const caller = anybody(portal);
  await Promise.all(Array.from({ length: 20 }, () => listen(caller)));
  const answer = await caller.send("GET", "/api/v1/events");
  expect(answer.status).toBe(503);
  streams.at(-1)?.close();
  await waitUntil("there is room again", async () => {
    const again = await caller.send("GET", "/api/v1/events");
    await again.body?.cancel();
    return again.status === 200;
  });
});
