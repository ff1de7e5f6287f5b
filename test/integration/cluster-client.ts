import { Agent, request } from "undici";
import { parseAllDocuments } from "yaml";
import { waitUntil } from "./wait-until.ts";

/** An object as a test writes it. */
export type TestObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
};

/** What names an object. */
type ObjectName = Pick<TestObject, "apiVersion" | "kind"> & {
  readonly metadata: { readonly name: string; readonly namespace?: string };
};

type ClientAnswer = { readonly status: number; readonly body: unknown };

type Resource = { readonly plural: string; readonly namespaced: boolean; readonly hasStatus: boolean };

export type ClusterClient = {
  readonly send: (
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    body?: unknown,
    contentType?: string,
    accept?: string,
  ) => Promise<ClientAnswer>;
  /** Applies server-side, with status where there is one; definitions first, until they are established. Makes namespaces. */
  readonly apply: (objects: string | readonly TestObject[]) => Promise<void>;
  readonly get: (name: ObjectName) => Promise<TestObject | null>;
  /** Deletes what may be gone already; waits for a definition to be gone. */
  readonly deleteObject: (name: ObjectName) => Promise<void>;
  readonly replaceStatus: (name: ObjectName, status: unknown) => Promise<void>;
  readonly close: () => Promise<void>;
};

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isTestObject(value: unknown): value is TestObject {
  return (
    isRecord(value) &&
    typeof value["apiVersion"] === "string" &&
    typeof value["kind"] === "string" &&
    isRecord(value["metadata"]) &&
    typeof value["metadata"]["name"] === "string"
  );
}

/** Documents of a YAML text, Lists opened. */
export function parseObjects(yaml: string): TestObject[] {
  const documents = parseAllDocuments(yaml).map((document) => document.toJS() as unknown);
  return documents.flatMap((document) => {
    if (document === null || document === undefined) return [];
    const items =
      isRecord(document) && Array.isArray(document["items"]) ? (document["items"] as unknown[]) : [document];
    return items.map((item) => {
      if (!isTestObject(item)) throw new Error("A document is not a Kubernetes object.");
      return item;
    });
  });
}

function refused(what: string, answer: ClientAnswer): Error {
  const message = isRecord(answer.body) ? answer.body["message"] : answer.body;
  return new Error(`${what}: HTTP ${String(answer.status)}: ${String(message)}`);
}

function isTrueCondition(value: unknown, type: string): boolean {
  return isRecord(value) && value["type"] === type && value["status"] === "True";
}

/** Talks to the API server as its administrator, as `kubectl apply --server-side` does. */
export function createClusterClient(url: string, token: string, ca: string): ClusterClient {
  const agent = new Agent({ connect: { ca }, keepAliveTimeout: 10_000, connections: 16 });
  const resources = new Map<string, ReadonlyMap<string, Resource>>();
  const namespaces = new Set(["default", "kube-system"]);

  const send: ClusterClient["send"] = async (
    method,
    path,
    body,
    contentType = "application/json",
    accept = "application/json",
  ) => {
    const answer = await request(url + path, {
      method,
      dispatcher: agent,
      headers: { authorization: `Bearer ${token}`, accept, "content-type": contentType },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headersTimeout: 60_000,
      bodyTimeout: 60_000,
    });
    const text = await answer.body.text();
    const isJson = String(answer.headers["content-type"]).includes("json");
    return { status: answer.statusCode, body: isJson ? (JSON.parse(text) as unknown) : text };
  };

  function root(apiVersion: string): string {
    return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  }

  async function discover(apiVersion: string): Promise<ReadonlyMap<string, Resource>> {
    const answer = await send("GET", root(apiVersion));
    const found = new Map<string, Resource>();
    const listed = isRecord(answer.body) && Array.isArray(answer.body["resources"]) ? answer.body["resources"] : [];
    const names = (listed as unknown[]).filter(isRecord);
    for (const { name, kind, namespaced } of names) {
      if (typeof name !== "string" || typeof kind !== "string" || name.includes("/")) continue;
      const hasStatus = names.some((other) => other["name"] === `${name}/status`);
      found.set(kind, { plural: name, namespaced: namespaced === true, hasStatus });
    }
    resources.set(apiVersion, found);
    return found;
  }

  async function resourceOf({ apiVersion, kind }: Pick<TestObject, "apiVersion" | "kind">): Promise<Resource> {
    const known = resources.get(apiVersion)?.get(kind);
    if (known !== undefined) return known;
    return waitUntil(`${apiVersion} ${kind} to be served`, async () => (await discover(apiVersion)).get(kind), {
      timeoutMs: 60_000,
      everyMs: 100,
    });
  }

  function pathOf(object: ObjectName, resource: Resource): string {
    const { name, namespace = "default" } = object.metadata;
    const place = resource.namespaced ? `/namespaces/${namespace}` : "";
    return `${root(object.apiVersion)}${place}/${resource.plural}/${encodeURIComponent(name)}`;
  }

  async function applyAt(path: string, object: TestObject): Promise<void> {
    const query = "?fieldManager=tests&force=true&fieldValidation=Strict";
    // Right after a start or a new definition some paths answer 404, 429 or 5xx for a moment.
    let last: ClientAnswer | undefined;
    const done = async (): Promise<boolean> => {
      last = await send("PATCH", path + query, object, "application/apply-patch+yaml");
      if (last.status < 300) return true;
      if (last.status === 404 || last.status === 429 || last.status >= 500) return false;
      throw refused(`Applying ${object.kind} ${object.metadata.name}`, last);
    };
    if (await done()) return;
    await waitUntil(`${path} to accept`, done, { everyMs: 100, timeoutMs: 10_000, describe: () => last?.body });
  }

  async function ensureNamespace(namespace: string): Promise<void> {
    if (namespaces.has(namespace)) return;
    await applyAt(`/api/v1/namespaces/${namespace}`, {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: namespace },
    });
    namespaces.add(namespace);
  }

  async function waitUntilEstablished(object: TestObject): Promise<void> {
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${object.metadata.name}`;
    const isEstablished = async (): Promise<boolean> => {
      const { body } = await send("GET", path);
      const status = isRecord(body) && isRecord(body["status"]) ? body["status"] : {};
      const conditions = Array.isArray(status["conditions"]) ? (status["conditions"] as unknown[]) : [];
      return conditions.some((condition) => isTrueCondition(condition, "Established"));
    };
    // Sixty definitions at once keep a busy machine's API server at work for a while.
    await waitUntil(`${object.metadata.name} to be established`, isEstablished, { timeoutMs: 120_000, everyMs: 100 });
    const { spec } = object;
    const group = isRecord(spec) ? String(spec["group"]) : "";
    const versions = isRecord(spec) && Array.isArray(spec["versions"]) ? (spec["versions"] as unknown[]) : [];
    const kind = isRecord(spec) && isRecord(spec["names"]) ? String(spec["names"]["kind"]) : "";
    for (const version of versions.filter(isRecord)) {
      if (version["served"] !== true) continue;
      const apiVersion = `${group}/${String(version["name"])}`;
      resources.delete(apiVersion);
      await resourceOf({ apiVersion, kind });
    }
  }

  async function applyOne(object: TestObject): Promise<void> {
    const resource = await resourceOf(object);
    const { namespace = "default" } = object.metadata;
    if (resource.namespaced) await ensureNamespace(namespace);
    const isDefinition = object.kind === "CustomResourceDefinition";
    const path = pathOf(object, resource);
    const { status, ...rest } = object;
    await applyAt(
      path,
      resource.hasStatus
        ? { ...rest, metadata: object.metadata, apiVersion: object.apiVersion, kind: object.kind }
        : object,
    );
    if (status !== undefined && resource.hasStatus && !isDefinition) {
      const { apiVersion, kind, metadata } = object;
      await applyAt(`${path}/status`, { apiVersion, kind, metadata: { name: metadata.name }, status });
    }
    if (isDefinition) await waitUntilEstablished(object);
  }

  return {
    send,
    async apply(objects) {
      const all = typeof objects === "string" ? parseObjects(objects) : objects;
      const rank = (object: TestObject): number =>
        object.kind === "CustomResourceDefinition" ? 0 : object.kind === "Namespace" ? 1 : 2;
      const definitions = all.filter((object) => rank(object) === 0);
      await Promise.all(definitions.map(applyOne));
      for (const object of all.filter((object) => rank(object) > 0).sort((left, right) => rank(left) - rank(right))) {
        await applyOne(object);
      }
    },
    async get(name) {
      const answer = await send("GET", pathOf(name, await resourceOf(name)));
      if (answer.status === 404) return null;
      if (answer.status !== 200 || !isTestObject(answer.body)) throw refused(`Reading ${name.metadata.name}`, answer);
      return answer.body;
    },
    async deleteObject(name) {
      const path = pathOf(name, await resourceOf(name));
      const answer = await send("DELETE", path, { propagationPolicy: "Background" });
      if (answer.status !== 404 && answer.status >= 300)
        throw refused(`Deleting ${name.kind} ${name.metadata.name}`, answer);
      if (name.kind === "CustomResourceDefinition") {
        resources.clear();
        await waitUntil(`${name.metadata.name} to be gone`, async () => (await send("GET", path)).status === 404);
      }
    },
    async replaceStatus(name, status) {
      const { plural, namespaced } = await resourceOf(name);
      const path = `${pathOf(name, { plural, namespaced, hasStatus: true })}/status`;
      // Last one wins: no resource version is sent, so that a test need not care who wrote in between.
      const answer = await send(
        "PATCH",
        path,
        [{ op: "add", path: "/status", value: status }],
        "application/json-patch+json",
      );
      if (answer.status >= 300) throw refused(`Writing the status of ${name.metadata.name}`, answer);
    },
    close: async () => agent.destroy(),
  };
}
