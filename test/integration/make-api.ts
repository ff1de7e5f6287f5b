import { randomUUID } from "node:crypto";
import type { DiscoveredApi, Visibility } from "../../lib/model/index.ts";
import { mainLine } from "../../lib/model/index.ts";
import { readDescription } from "../../lib/spec/index.ts";
import type { Description } from "../../lib/model/index.ts";
import { saveObservedApis } from "../../lib/store/index.ts";
import type { Store } from "../../lib/store/index.ts";

/** What discovery would say of a Service; enough for tests of what comes after discovery. */
export function discoveredApi(name: string, changes: Partial<DiscoveredApi> = {}): DiscoveredApi {
  const key = { cluster: "test", namespace: "team", group: "", kind: "Service", name };
  return {
    key,
    title: null,
    protocol: "rest",
    server: "fastapi",
    modelName: null,
    owner: "fraud",
    visibility: { kind: "signed-in" },
    tags: [],
    state: "ready",
    stateReason: null,
    endpoints: [],
    internalUrl: `http://${name}.team.svc.cluster.local`,
    members: [key],
    lines: [{ name: mainLine, currentRevision: name }],
    task: null,
    framework: null,
    revisions: [{ name, line: mainLine, trafficPercent: 100, ready: true, images: ["churn:1"] }],
    provenance: [{ object: key, says: "It exposes port 80." }],
    probes: [],
    facts: [],
    confirmedByCluster: true,
    ...changes,
  };
}

/** Writes an API and gives its id. */
export async function makeApi(store: Store, name: string, changes: Partial<DiscoveredApi> = {}): Promise<string> {
  const [id] = await store.transaction((tx) =>
    saveObservedApis(tx, [{ api: discoveredApi(name, changes), digest: randomUUID(), adopts: null }], new Date()),
  );
  if (id === undefined) throw new Error("The API got no id.");
  return id;
}

export type MadeDescription = { readonly description: Description; readonly raw: Uint8Array };

/** A description through the real pipeline: one operation with these required fields, and any words. */
export function makeDescription(
  fields: readonly string[],
  words: { readonly summary?: string; readonly version?: string } = {},
): MadeDescription {
  const raw = new TextEncoder().encode(
    JSON.stringify({
      openapi: "3.1.0",
      info: { title: "Churn", version: words.version ?? "1.0", description: words.summary ?? "Says who leaves." },
      paths: {
        "/predict": {
          post: {
            operationId: "predict",
            requestBody: {
              required: true,
              content: {
                "application/json": {
                  schema: {
                    type: "object",
                    required: [...fields],
                    properties: Object.fromEntries(fields.map((field) => [field, { type: "number" }])),
                  },
                },
              },
            },
            responses: { "200": { description: "The answer." } },
          },
        },
      },
    }),
  );
  const result = readDescription(raw);
  if (result.kind !== "ok") throw new Error(JSON.stringify(result.problems));
  return { description: result.description, raw };
}

/** A person who follows an API. */
export async function makeFollower(
  store: Store,
  apiId: string,
  person: {
    readonly name: string;
    readonly groups?: readonly string[];
    readonly level?: string;
    readonly email?: string;
  },
): Promise<string> {
  const user = await store.db.user.create({
    data: {
      name: person.name,
      email: person.email ?? null,
      groups: { create: (person.groups ?? []).map((group) => ({ group })) },
      follows: { create: { apiId, ...(person.level === undefined ? {} : { level: person.level }) } },
    },
  });
  return user.id;
}

export const groupsOnly = (...groups: string[]): Visibility => ({ kind: "groups", groups });
