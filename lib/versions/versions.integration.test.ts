import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeApi, makeDescription } from "../../test/integration/make-api.ts";
import type { MadeDescription } from "../../test/integration/make-api.ts";
import { createTestDatabase } from "../../test/integration/postgres.ts";
import type { TestDatabase } from "../../test/integration/postgres.ts";
import { retireApis } from "../store/index.ts";
import { commitVersion, planVersion, withdrawUpcoming } from "./index.ts";
import type { VersionInput, VersionOutcome, VersionPlan } from "./index.ts";

let database: TestDatabase;
let apiId: string;
let clock = Date.parse("2026-01-01T00:00:00Z");

const one = makeDescription(["age"]);
const oneReworded = makeDescription(["age"], { summary: "Says who will leave." });
const two = makeDescription(["age", "income"]);
const three = makeDescription(["income"]);

beforeEach(async () => {
  database = await createTestDatabase();
  apiId = await makeApi(database.store, "churn");
});

afterEach(async () => {
  await database.drop();
});

function inputOf(made: MadeDescription, changes: Partial<VersionInput> = {}): VersionInput {
  clock += 60_000;
  return {
    apiId,
    ...made,
    line: "main",
    source: "cluster",
    origin: "fetched",
    lifecycle: "current",
    servedBy: { revision: "churn", images: ["churn:1"] },
    now: new Date(clock),
    ...changes,
  };
}

async function plan(input: VersionInput): Promise<VersionPlan> {
  const made = await planVersion(database.store.db, input);
  if (made === null) throw new Error("There is no such API.");
  return made;
}

const commit = (made: VersionPlan): Promise<VersionOutcome> =>
  database.store.transaction((tx) => commitVersion(tx, made));
const apply = async (made: MadeDescription, changes?: Partial<VersionInput>): Promise<VersionOutcome> =>
  commit(await plan(inputOf(made, changes)));
const upcoming = { lifecycle: "upcoming", servedBy: { revision: "canary", images: [] } } as const;
const published = { source: "published", origin: "declared", servedBy: null } as const;

async function stand(): Promise<string[]> {
  const versions = await database.store.db.specVersion.findMany({ where: { apiId }, orderBy: { number: "asc" } });
  const api = await database.store.db.api.findUniqueOrThrow({ where: { id: apiId } });
  return versions.map(
    ({ id, number, lifecycle }) => `${String(number)} ${lifecycle}${id === api.currentVersionId ? " *" : ""}`,
  );
}

describe("a contract that the cluster serves", () => {
  test("makes the first version, then nothing while it stays", async () => {
    expect(await apply(one)).toMatchObject({ kind: "current", base: null, changes: [], version: { number: 1 } });
    expect(await apply(one)).toMatchObject({ kind: "unchanged" });
    expect(await stand()).toEqual(["1 current *"]);
    expect(await database.store.db.api.findUnique({ where: { id: apiId } })).toMatchObject({
      title: "Churn",
      origin: "fetched",
      operationCount: 1,
    });
  });

  test("makes a version with its changes when it differs", async () => {
    await apply(one);
    const outcome = await apply(two);
    expect(outcome).toMatchObject({ kind: "current", version: { number: 2 }, base: { number: 1 } });
    expect(outcome.kind === "current" && outcome.changes.some(({ level }) => level === "breaking")).toBe(true);
    expect(await stand()).toEqual(["1 superseded", "2 current *"]);
    expect(await database.store.db.specChange.count()).toBeGreaterThan(0);
  });

  test("is a text where only words differ", async () => {
    await apply(one);
    expect(await apply(oneReworded)).toMatchObject({ kind: "text", version: { number: 1 } });
    expect(await apply(one)).toMatchObject({ kind: "text" });
    expect(await apply(one)).toMatchObject({ kind: "unchanged" });
    expect(await database.store.db.specText.count()).toBe(2);
    expect(await stand()).toEqual(["1 current *"]);
  });

  test("makes an earlier version current again when it comes back", async () => {
    await apply(one);
    await apply(two);
    expect(await apply(one)).toMatchObject({ kind: "rollback", version: { number: 1 }, base: { number: 2 } });
    expect(await stand()).toEqual(["1 current *", "2 superseded"]);
  });
});

describe("a contract that another revision serves", () => {
  test("is announced, and becomes current without a second version", async () => {
    await apply(one);
    expect(await apply(two, upcoming)).toMatchObject({
      kind: "upcoming",
      version: { number: 2, lifecycle: "upcoming" },
    });
    expect(await apply(two, upcoming)).toMatchObject({ kind: "unchanged" });
    expect(await stand()).toEqual(["1 current *", "2 upcoming"]);
    expect(await apply(two)).toMatchObject({ kind: "current", version: { number: 2 }, base: { number: 1 } });
    expect(await stand()).toEqual(["1 superseded", "2 current *"]);
  });

  test("is not announced where it is the current one, whatever its words", async () => {
    await apply(one);
    expect(await apply(oneReworded, upcoming)).toMatchObject({ kind: "unchanged", version: { number: 1 } });
    expect(await database.store.db.specText.count()).toBe(1);
  });

  test("is compared anew where the base moved before it came", async () => {
    await apply(one);
    await apply(three, upcoming);
    await apply(two);
    await apply(three);
    const version = await database.store.db.specVersion.findFirstOrThrow({
      where: { apiId, number: 2 },
      include: { base: true },
    });
    expect(version.base?.number).toBe(3);
    expect(await stand()).toEqual(["1 superseded", "2 current *", "3 superseded"]);
  });

  test("is withdrawn when no revision serves it any more", async () => {
    await apply(one);
    await apply(two, upcoming);
    const withdraw = (served: readonly MadeDescription[]): Promise<number> =>
      withdrawUpcoming(
        database.store,
        { apiId, line: "main" },
        new Set(served.map(({ description }) => description.contractDigest)),
      );
    expect(await withdraw([two])).toBe(0);
    expect(await withdraw([])).toBe(1);
    expect(await stand()).toEqual(["1 current *", "2 superseded"]);
    expect(await apply(two)).toMatchObject({ kind: "current", version: { number: 2 } });
  });
});

describe("a published contract", () => {
  test("is not flipped back by the next fetch of an unchanged document", async () => {
    await apply(one);
    expect(await apply(two, published)).toMatchObject({ kind: "current", version: { number: 2, source: "published" } });
    expect(await apply(one)).toMatchObject({ kind: "unchanged" });
    expect(await stand()).toEqual(["1 superseded", "2 current *"]);
  });

  test("gives way when the cluster serves something new", async () => {
    await apply(one);
    await apply(two, published);
    expect(await apply(three)).toMatchObject({ kind: "current", version: { number: 3 }, base: { number: 2 } });
  });

  test("stays as it is when the cluster catches up with it", async () => {
    await apply(one);
    await apply(two, published);
    expect(await apply(two)).toMatchObject({ kind: "unchanged", version: { number: 2 } });
    expect(await apply(one)).toMatchObject({ kind: "rollback", version: { number: 1 } });
  });

  test("keeps its words while the cluster serves the old ones", async () => {
    await apply(one);
    expect(await apply(oneReworded, published)).toMatchObject({ kind: "text" });
    expect(await apply(one)).toMatchObject({ kind: "unchanged" });
    const [text] = await database.store.db.specText.findMany({ orderBy: { lastSeenAt: "desc" } });
    expect(text?.documentDigest).toBe(oneReworded.description.documentDigest);
  });
});

describe("committing", () => {
  test("writes once where one plan is committed twice at the same time", async () => {
    await apply(one);
    const made = await plan(inputOf(two));
    const outcomes = await Promise.all([commit(made), commit(made), commit(made)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["current", "outdated", "outdated"]);
    expect(await stand()).toEqual(["1 superseded", "2 current *"]);
  });

  test("is refused where another version became current since the plan", async () => {
    await apply(one);
    const made = await plan(inputOf(three));
    await apply(two, published);
    expect(await commit(made)).toEqual({ kind: "outdated" });
    expect(await commit(await plan(inputOf(three)))).toMatchObject({ kind: "current", version: { number: 3 } });
  });

  test("numbers without gaps however many plans race", async () => {
    const names = Array.from({ length: 6 }, (_, index) => makeDescription([`field${String(index)}`]));
    const drive = async (made: MadeDescription): Promise<void> => {
      for (;;) if ((await apply(made, published)).kind !== "outdated") return;
    };
    await Promise.all(names.map(drive));
    const numbers = await database.store.db.specVersion.findMany({ orderBy: { number: "asc" } });
    expect(numbers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await stand()).filter((line) => line.includes("current"))).toHaveLength(1);
  });

  test("writes nothing for an API that was deleted meanwhile", async () => {
    const made = await plan(inputOf(one));
    await database.store.transaction((tx) => retireApis(tx, [{ id: apiId, partOf: null }], new Date()));
    expect(await commit(made)).toEqual({ kind: "gone" });
    expect(await stand()).toEqual([]);
    expect(await database.store.db.document.count()).toBe(0);
  });
});

describe("lines", () => {
  test("number their versions and have a current one each, without touching the others", async () => {
    await apply(one);
    const v2 = { line: "v2", servedBy: { revision: "churn-v2", images: [] } };
    expect(await apply(two, v2)).toMatchObject({ kind: "current", base: null, changes: [], version: { number: 1 } });
    expect(await apply(three, v2)).toMatchObject({ kind: "current", version: { number: 2 }, base: { number: 1 } });
    const rows = await database.store.db.specVersion.findMany({
      where: { apiId },
      orderBy: [{ line: "asc" }, { number: "asc" }],
    });
    expect(rows.map(({ line, number, lifecycle, label }) => [line, number, lifecycle, label])).toEqual([
      ["main", 1, "current", "1.0"],
      ["v2", 1, "superseded", "1.0"],
      ["v2", 2, "current", "1.0"],
    ]);
    const api = await database.store.db.api.findUniqueOrThrow({ where: { id: apiId } });
    expect(api.currentVersionId).toBe(rows[0]?.id);
  });

  test("have the same contract each for itself, and withdraw only their own announcements", async () => {
    await apply(one);
    await apply(one, { line: "v2" });
    await apply(two, { ...upcoming, line: "v2" });
    expect(await withdrawUpcoming(database.store, { apiId, line: "main" }, new Set())).toBe(0);
    expect(await withdrawUpcoming(database.store, { apiId, line: "v2" }, new Set())).toBe(1);
  });

  test("what lists show follows the first line that discovery names", async () => {
    await apply(one);
    await apply(two, { line: "v2" });
    await makeApi(database.store, "churn", {
      lines: [
        { name: "v2", currentRevision: "churn" },
        { name: "main", currentRevision: "old" },
      ],
    });
    const api = await database.store.db.api.findUniqueOrThrow({
      where: { id: apiId },
      include: { currentVersion: true },
    });
    expect(api.currentVersion).toMatchObject({ line: "v2", contractDigest: two.description.contractDigest });
  });
});
