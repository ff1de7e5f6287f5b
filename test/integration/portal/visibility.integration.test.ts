import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { operations } from "../../../lib/contract/index.ts";
import { canSee } from "../../../lib/access/index.ts";
import type { Viewer, Visibility } from "../../../lib/model/index.ts";
import { commitVersion, planVersion } from "../../../lib/versions/index.ts";
import { anybody, signedIn, withToken } from "../callers.ts";
import type { Caller } from "../callers.ts";
import { groupsOnly, makeApi, makeDescription } from "../make-api.ts";
import { startPortal } from "../portal.ts";
import type { Portal } from "../portal.ts";
import { createTestDatabase } from "../postgres.ts";
import type { TestDatabase } from "../postgres.ts";

type Target = {
  readonly name: string;
  readonly visibility: Visibility;
  readonly owner: string | null;
};
const targets: readonly Target[] = [
  { name: "open", visibility: { kind: "public" }, owner: null },
  { name: "inside", visibility: { kind: "signed-in" }, owner: "search" },
  { name: "for-apps", visibility: groupsOnly("apps"), owner: "search" },
  { name: "for-two", visibility: groupsOnly("apps", "fraud"), owner: null },
  { name: "for-owners", visibility: groupsOnly("nobody"), owner: "fraud" },
  { name: "for-admins", visibility: groupsOnly(), owner: null },
];

let database: TestDatabase;
let portal: Portal;
const ids = new Map<string, string>();
const callers: { readonly caller: Caller; readonly viewer: Viewer }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  portal = await startPortal({ database });
  for (const { name, visibility, owner } of targets) {
    const id = await makeApi(database.store, name, { visibility, owner });
    ids.set(name, id);
    for (const fields of [["a"], ["a", "b"]]) {
      const plan = await planVersion(database.store.db, {
        apiId: id,
        ...makeDescription(fields),
        line: "main",
        source: "cluster",
        origin: "fetched",
        lifecycle: "current",
        servedBy: { revision: name, images: [] },
        now: new Date(),
      });
      if (plan === null) throw new Error("The API is not there.");
      await database.store.transaction((tx) => commitVersion(tx, plan));
    }
  }
  const person = async (name: string, groups: readonly string[], role: "consumer" | "owner" | "admin") => {
    const caller = await signedIn(portal, name, groups);
    const viewer = { kind: "person", userId: "", name, email: null, role, groups, via: "session" } as const;
    callers.push({ caller, viewer });
    if (caller.userId !== null) {
      callers.push({ caller: await withToken(portal, `${name}'s token`, { userId: caller.userId }), viewer });
    }
  };
  callers.push({ caller: anybody(portal), viewer: { kind: "anonymous" } });
  await person("stranger", [], "consumer");
  await person("carla", ["apps"], "consumer");
  await person("otto", ["fraud"], "owner");
  await person("ada", ["platform"], "admin");
  const machine = { role: "consumer", groups: ["fraud"] } as const;
  callers.push({
    caller: await withToken(portal, "machine", machine),
    viewer: { kind: "machine", tokenId: "", name: "machine", ...machine },
  });
});

afterAll(async () => {
  await portal.stop();
  await database.drop();
});

/** Every operation that reads one API, by its path below the API. */
const reads = Object.values(operations)
  .filter(({ id, method, path }) => method === "GET" && path.startsWith("/api/v1/apis/{id}") && id !== "streamEvents")
  .map(({ id, path }) => ({
    id,
    path: path.replace("{number}", "current") + (id === "compareVersions" ? "?from=1&to=2" : ""),
  }));
const acts = Object.values(operations)
  .filter(({ method, path }) => method !== "GET" && path.startsWith("/api/v1/apis/{id}"))
  .map(({ id, method, path }) => ({
    id,
    method,
    path: path.replace(/\{(draftId|endpointId)\}/, "some-id"),
  }));
const listSchema = z.object({
  items: z.array(z.object({ name: z.string() })),
  total: z.int(),
  facets: z.object({ owner: z.array(z.object({ value: z.string(), count: z.int() })) }),
});

describe("what a caller sees", () => {
  test("the catalogue lists exactly what the policy shows, and counts nothing else", async () => {
    for (const { caller, viewer } of callers) {
      const list = listSchema.parse(await (await caller.send("GET", "/api/v1/apis")).json());
      const visible = targets.filter((target) => canSee(viewer, target));
      expect(list.items.map(({ name }) => name).sort(), caller.name).toEqual(visible.map(({ name }) => name).sort());
      expect(list.total, caller.name).toBe(visible.length);
      const owners = visible.flatMap(({ owner }) => owner ?? []);
      expect(list.facets.owner, caller.name).toEqual(
        expect.arrayContaining(
          [...new Set(owners)].map((value) => ({ value, count: owners.filter((owner) => owner === value).length })),
        ),
      );
      expect(list.facets.owner, caller.name).toHaveLength(new Set(owners).size);
    }
  });

  test("searching for the very name of something hidden finds nothing", async () => {
    for (const { caller, viewer } of callers) {
      for (const target of targets) {
        const list = listSchema.parse(await (await caller.send("GET", `/api/v1/apis?q=${target.name}`)).json());
        const found = list.items.some(({ name }) => name === target.name);
        expect(found, `${caller.name} → ${target.name}`).toBe(canSee(viewer, target));
      }
    }
  });

  test.each(reads)("$id shows what may be seen and answers the rest as if it were absent", async ({ path }) => {
    for (const { caller, viewer } of callers) {
      const absent = await caller.send("GET", path.replace("{id}", "01a00000-0000-7000-8000-000000000000"));
      const absentText = await absent.text();
      expect(absent.status).toBe(404);
      for (const target of targets) {
        const place = `${caller.name} → ${target.name}`;
        const answer = await caller.send("GET", path.replace("{id}", ids.get(target.name) ?? ""));
        const text = await answer.text();
        if (canSee(viewer, target)) {
          expect(answer.status, `${place}: ${text}`).toBe(200);
          continue;
        }
        expect(answer.status, place).toBe(404);
        expect(text, place).toBe(absentText);
        expect(headersOf(answer), place).toEqual(headersOf(absent));
      }
    }
  });

  test.each(acts)("$id does not tell what is hidden from what is absent", async ({ id, method, path }) => {
    const body: Readonly<Record<string, unknown>> = {
      followApi: {},
      createDraft: { document: "{}" },
      publishDraft: { baseNumber: null },
      tryCall: { operation: "POST /predict", path: "/predict", headers: [] },
    };
    const init = body[id] === undefined ? {} : { body: body[id] };
    for (const { caller, viewer } of callers) {
      const absent = await caller.send(method, path.replace("{id}", "01a00000-0000-7000-8000-000000000000"), init);
      const absentText = await absent.text();
      expect([401, 404]).toContain(absent.status);
      for (const target of targets.filter((one) => !canSee(viewer, one))) {
        const answer = await caller.send(method, path.replace("{id}", ids.get(target.name) ?? ""), init);
        const place = `${caller.name} → ${target.name}`;
        expect(answer.status, place).toBe(absent.status);
        expect(await answer.text(), place).toBe(absentText);
      }
    }
  });

  test("a namesake that is hidden does not show in the path of the page", async () => {
    const key = {
      cluster: "test",
      namespace: "team",
      group: "serving.kserve.io",
      kind: "InferenceService",
      name: "open",
    };
    await makeApi(database.store, "open", { key, visibility: groupsOnly(), owner: null });
    const paths = async (caller: Caller | undefined) => {
      const body: unknown = await (await caller?.send("GET", `/api/v1/apis/${ids.get("open") ?? ""}`))?.json();
      return z.object({ pagePath: z.string() }).parse(body).pagePath;
    };
    const callerOf = (name: string) => callers.find(({ caller }) => caller.name === name)?.caller;
    expect(await paths(callerOf("carla"))).toBe("/apis/team/open");
    expect(await paths(callerOf("ada"))).toBe("/apis/team/open~Service");
  });

  test("ids that no database can hold are absent, not errors", async () => {
    for (const id of ["%00", "a%00b", "..", "'--", "%F0%9F%98%80", "x".repeat(101)]) {
      expect((await anybody(portal).send("GET", `/api/v1/apis/${id}`)).status).toBe(404);
    }
    const list = await anybody(portal).send("GET", "/api/v1/apis?q=%00&cursor=%00");
    expect(list.status).toBe(200);
  });
});

function headersOf(response: Response): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...response.headers].filter(([name]) => !["date", "connection", "keep-alive"].includes(name)),
  );
}
