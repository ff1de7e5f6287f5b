import type { Connection, JsonOutcome, RequestFailure } from "./connection.ts";
import type { KindRef } from "./kind-ref.ts";
import { formatApiVersion } from "./kind-ref.ts";
import { isRecord } from "./parse-object.ts";

type DiscoveryOutcome =
  | { readonly kind: "served"; readonly version: string; readonly path: string }
  | { readonly kind: "absent" }
  | RequestFailure;

/** Finds the version of a kind that is served; answers are shared by the kinds of a group for a moment. */
export type VersionDiscovery = {
  find(ref: KindRef, signal: AbortSignal): Promise<DiscoveryOutcome>;
  /** Makes the next `find` ask again. */
  forget(): void;
};

type Remembered = { readonly askedAt: number; readonly answer: Promise<JsonOutcome> };

function readStrings(list: unknown, field: string): readonly string[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly unknown[]).flatMap((item) =>
    isRecord(item) && typeof item[field] === "string" ? [item[field]] : [],
  );
}

/** The collection's path, without a namespace: all of them. */
function collectionPath(ref: KindRef, version: string): string {
  const root = ref.group === "" ? "/api" : `/apis/${ref.group}`;
  return `${root}/${version}/${ref.plural}`;
}

/** The path of one object. */
export function objectPath(collection: string, ref: KindRef, namespace: string, name: string): string {
  if (!ref.namespaced) return `${collection}/${encodeURIComponent(name)}`;
  const cut = collection.lastIndexOf("/");
  const inNamespace = `${collection.slice(0, cut)}/namespaces/${encodeURIComponent(namespace)}${collection.slice(cut)}`;
  return `${inNamespace}/${encodeURIComponent(name)}`;
}

/** The accepted versions in the order in which they are tried: the server's preferred one first, where we accept it. */
function orderVersions(ref: KindRef, group: unknown): readonly string[] {
  if (!isRecord(group)) return [];
  const served = new Set(readStrings(group["versions"], "version"));
  const preferred = isRecord(group["preferredVersion"]) ? group["preferredVersion"]["version"] : undefined;
  const accepted = ref.versions.filter((version) => served.has(version));
  return accepted
    .filter((version) => version === preferred)
    .concat(accepted.filter((version) => version !== preferred));
}

/** Asks `/apis/<group>` and `/apis/<group>/<version>`, which every authenticated account may read by default. */
export function createVersionDiscovery(connection: Connection, timeoutMs: number, rememberMs = 300): VersionDiscovery {
  const remembered = new Map<string, Remembered>();

  async function ask(path: string): Promise<JsonOutcome> {
    const known = remembered.get(path);
    if (known !== undefined && performance.now() - known.askedAt < rememberMs) return known.answer;
    // Shared by several kinds, so no single one may abort it; the timeout bounds it.
    const answer = connection.getJson(path, {
      signal: new AbortController().signal,
      timeoutMs,
      bytesMax: 8 * 1024 * 1024,
    });
    remembered.set(path, { askedAt: performance.now(), answer });
    return answer;
  }

  async function findIn(ref: KindRef, version: string): Promise<DiscoveryOutcome> {
    const path = ref.group === "" ? `/api/${version}` : `/apis/${formatApiVersion(ref.group, version)}`;
    const resources = await ask(path);
    if (resources.kind === "failed") return resources.status === 404 ? { kind: "absent" } : resources;
    const list = isRecord(resources.body) ? resources.body["resources"] : undefined;
    const isServed = readStrings(list, "name").includes(ref.plural);
    return isServed ? { kind: "served", version, path: collectionPath(ref, version) } : { kind: "absent" };
  }

  return {
    async find(ref, signal) {
      let versions = ref.versions;
      if (ref.group !== "") {
        const group = await ask(`/apis/${ref.group}`);
        if (group.kind === "failed") return group.status === 404 ? { kind: "absent" } : group;
        versions = orderVersions(ref, group.body);
      }
      for (const version of versions) {
        if (signal.aborted) break;
        const outcome = await findIn(ref, version);
        if (outcome.kind !== "absent") return outcome;
      }
      return { kind: "absent" };
    },
    forget() {
      remembered.clear();
    },
  };
}
