import Ajv2020 from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { operations } from "../../../lib/contract/index.ts";
import type { OperationId } from "../../../lib/contract/index.ts";
import { readDescription } from "../../../lib/spec/index.ts";
import { commitVersion, planVersion } from "../../../lib/versions/index.ts";
import { createTeller } from "../../../lib/notices/index.ts";
import { anybody, signedIn } from "../callers.ts";
import type { Caller } from "../callers.ts";
import { makeApi, makeDescription } from "../make-api.ts";
import { startPortal } from "../portal.ts";
import type { Portal } from "../portal.ts";
import { createTestDatabase } from "../postgres.ts";
import type { TestDatabase } from "../postgres.ts";

let database: TestDatabase;
let portal: Portal;
let ada: Caller;
let apiId = "";
let noticeId = "";
let draftId = "";
let tokenId = "";
let document: Readonly<Record<string, unknown>>;

const documentSchema = z.record(z.string(), z.unknown());
const idSchema = z.object({ id: z.string() });

beforeAll(async () => {
  database = await createTestDatabase();
  portal = await startPortal({ database });
  document = documentSchema.parse(await (await anybody(portal).send("GET", "/api/v1/openapi.json")).json());
  ada = await signedIn(portal, "ada", ["platform"]);
  apiId = await makeApi(database.store, "churn", {
    visibility: { kind: "groups", groups: ["apps"] },
    endpoints: [
      {
        url: "https://models.example/churn",
        line: "main",
        reach: "public",
        paths: [
          {
            match: "prefix",
            publicPath: "/churn",
            backendPath: "/",
            methods: ["GET", "POST"],
            headers: [],
            except: [],
          },
        ],
        requiredHeaders: [{ name: "x-model", value: "churn" }],
        address: { scheme: "https", host: "10.0.0.9", port: 443, hostHeader: "models.example" },
        via: {
          cluster: "test",
          namespace: "team",
          group: "gateway.networking.k8s.io",
          kind: "HTTPRoute",
          name: "churn",
        },
        problem: "It is not accepted.",
      },
    ],
  });
  await ada.send("PUT", `/api/v1/apis/${apiId}/follow`, { body: { level: "all" } });
  const tell = createTeller({ adminGroups: ["platform"], mail: false });
  for (const [fields, lifecycle] of [
    [["a"], "current"],
    [["a", "b"], "current"],
    [["c"], "upcoming"],
  ] as const) {
    const now = new Date();
    const plan = await planVersion(database.store.db, {
      apiId,
      ...makeDescription(fields),
      line: "main",
      source: "cluster",
      origin: "fetched",
      lifecycle,
      servedBy: { revision: "churn", images: ["churn:1"] },
      now,
    });
    if (plan === null) throw new Error("The API is not there.");
    await database.store.transaction(async (tx) => {
      const outcome = await commitVersion(tx, plan);
      await tell(tx, { outcome, api: { id: apiId, visibility: { kind: "public" }, owner: null }, now });
    });
  }
  const key = { cluster: "test", namespace: "team", group: "", kind: "Service", name: "churn" };
  await database.store.db.acquisition.create({
    data: {
      apiId,
      revision: "churn",
      probeKey: "1",
      askedAt: new Date(),
      outcome: "failed",
      failure: "html",
      message: "It is a page.",
      advice: "Declare the path.",
      requests: 1,
    },
  });
  await database.store.db.sourceState.create({
    data: {
      cluster: "test",
      group: "",
      kind: "Service",
      version: "v1",
      state: "stale",
      reason: "forbidden",
      message: "No right.",
      objectCount: 1,
      lagMs: 12,
      confirmedAt: new Date(),
    },
  });
  await database.store.db.discoveryReport.create({
    data: {
      cluster: "test",
      leftOut: [{ object: key, reason: "A database." }],
      warnings: [{ object: key, message: "Two claim it." }],
    },
  });
  const notices: unknown = await (await ada.send("GET", "/api/v1/notices")).json();
  noticeId = z.object({ items: z.array(idSchema).min(1) }).parse(notices).items[0]?.id ?? "";
  const text = new TextDecoder().decode(makeDescription(["d"]).raw);
  const made: unknown = await (
    await ada.send("POST", `/api/v1/apis/${apiId}/drafts`, { body: { document: text } })
  ).json();
  draftId = z.object({ draft: idSchema }).parse(made).draft.id;
  const token: unknown = await (
    await ada.send("POST", "/api/v1/tokens", { body: { name: "x", expiresInDays: 1 } })
  ).json();
  tokenId = z.object({ token: idSchema }).parse(token).token.id;
});

afterAll(async () => {
  await portal.stop();
  await database.drop();
});

type Sent = { readonly path: string; readonly body?: unknown };

/** A call of each operation that succeeds; what streams or is a download is looked at in its own tests. */
const calls: Readonly<Record<Exclude<OperationId, "streamEvents" | "tryCall">, () => Sent>> = {
  listApis: () => ({ path: "/api/v1/apis?q=churn&limit=1" }),
  getApi: () => ({ path: `/api/v1/apis/${apiId}` }),
  listVersions: () => ({ path: `/api/v1/apis/${apiId}/versions?limit=2` }),
  getVersionJson: () => ({ path: `/api/v1/apis/${apiId}/versions/current/openapi.json` }),
  getVersionYaml: () => ({ path: `/api/v1/apis/${apiId}/versions/1/openapi.yaml?view=raw` }),
  listOperations: () => ({ path: `/api/v1/apis/${apiId}/versions/upcoming/operations` }),
  getChangelog: () => ({ path: `/api/v1/apis/${apiId}/changelog` }),
  compareVersions: () => ({ path: `/api/v1/apis/${apiId}/compare?from=3&to=1` }),
  followApi: () => ({ path: `/api/v1/apis/${apiId}/follow`, body: { level: "all" } }),
  createDraft: () => ({
    path: `/api/v1/apis/${apiId}/drafts`,
    body: { document: new TextDecoder().decode(makeDescription(["e"]).raw) },
  }),
  previewDraft: () => ({ path: `/api/v1/apis/${apiId}/drafts/${draftId}/preview` }),
  publishDraft: () => ({ path: `/api/v1/apis/${apiId}/drafts/${draftId}/publish`, body: { baseNumber: 2 } }),
  listNotices: () => ({ path: "/api/v1/notices" }),
  acknowledgeNotice: () => ({ path: `/api/v1/notices/${noticeId}/ack` }),
  listTokens: () => ({ path: "/api/v1/tokens" }),
  createToken: () => ({ path: "/api/v1/tokens", body: { name: "y", expiresInDays: 1 } }),
  getAdminReport: () => ({ path: "/api/v1/admin/sources" }),
  listAudit: () => ({ path: "/api/v1/admin/audit?limit=3" }),
  unfollowApi: () => ({ path: `/api/v1/apis/${apiId}/follow` }),
  revokeToken: () => ({ path: `/api/v1/tokens/${tokenId}` }),
};

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, name) => (typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined),
    value,
  );
}

describe("the portal's own description", () => {
  test("is an OpenAPI 3.1 document that its own pipeline reads without a repair", async () => {
    const answer = await anybody(portal).send("GET", "/api/v1/openapi.json");
    const result = readDescription(new Uint8Array(await answer.arrayBuffer()));
    expect(result).toMatchObject({ kind: "ok", description: { format: "openapi-3.1", repairs: [] } });
    if (result.kind !== "ok") return;
    expect(result.description.operations.map(({ operationId }) => operationId).sort()).toEqual(
      Object.keys(operations).sort(),
    );
  });

  test.each(Object.entries(calls))("%s answers as it says", async (id, call) => {
    const operation = Object.values(operations).find((one) => one.id === id);
    if (operation === undefined) throw new Error("There is no such operation.");
    const { path, body } = call();
    const answer = await ada.send(operation.method, path, body === undefined ? {} : { body });
    const text = await answer.text();
    const described = at(
      document,
      "paths",
      operation.path,
      operation.method.toLowerCase(),
      "responses",
      String(answer.status),
    );
    expect(described, `${String(answer.status)} ${text.slice(0, 300)}`).toBeDefined();
    const mediaType = (answer.headers.get("content-type") ?? "").split(";")[0] ?? "";
    if (answer.status === 204) return;
    expect(at(described, "content", mediaType), mediaType).toBeDefined();
    const schema = at(described, "content", mediaType, "schema");
    if (schema === undefined) return;
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: "portal", ...document });
    const pointer = [
      "paths",
      operation.path,
      operation.method.toLowerCase(),
      "responses",
      String(answer.status),
      "content",
      mediaType,
      "schema",
    ]
      .map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")))
      .join("/");
    const validate = ajv.getSchema(`portal#/${pointer}`);
    expect(validate, "the schema compiles").toBeDefined();
    expect(validate?.(JSON.parse(text)), JSON.stringify(validate?.errors?.slice(0, 3))).toBe(true);
  });

  test("describes what goes wrong, too", async () => {
    const answer = await anybody(portal).send("GET", "/api/v1/apis/none");
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: "portal", ...document });
    const validate = ajv.getSchema("portal#/components/schemas/Problem");
    expect(validate?.(await answer.json())).toBe(true);
  });
});

describe("a download", () => {
  const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    ada.send("GET", `/api/v1/apis/${apiId}/versions/1/openapi.${path}`, { headers });

  test("is not sent again to who has it", async () => {
    const first = await get("json");
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
    expect((await get("json", { "if-none-match": etag })).status).toBe(304);
    expect((await get("yaml", { "if-none-match": etag })).status).toBe(200);
    expect((await get("json?view=raw", { "if-none-match": etag })).status).toBe(200);
    await database.store.db.endpoint.updateMany({ where: { apiId }, data: { removedAt: new Date() } });
    expect((await get("json", { "if-none-match": etag })).status).toBe(200);
    await database.store.db.endpoint.updateMany({ where: { apiId }, data: { removedAt: null } });
  });

  test("in raw form is what the server said, byte for byte", async () => {
    expect(new Uint8Array(await (await get("json?view=raw")).arrayBuffer())).toEqual(makeDescription(["a"]).raw);
  });

  test("for consumers names the public address", async () => {
    expect(await (await get("json")).json()).toMatchObject({
      servers: [{ url: expect.stringContaining("https://models.example") as unknown }],
    });
  });
});
