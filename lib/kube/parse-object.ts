import type { KubeObject, ObjectMeta, OwnerReference } from "./kube-object.ts";
import type { KindRef } from "./kind-ref.ts";
import { formatApiVersion } from "./kind-ref.ts";

export type ParsedObject =
  { readonly kind: "ok"; readonly object: KubeObject } | { readonly kind: "invalid"; readonly message: string };

/** Annotations that repeat the whole object and serve nobody here. */
const droppedAnnotations = new Set(["kubectl.kubernetes.io/last-applied-configuration"]);

/** Longer than anything that Kubernetes accepts; a value beyond it did not come from an API server. */
const nameLengthMax = 512;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= nameLengthMax && !/[\p{Cc}/]/u.test(value);
}

function invalid(message: string): ParsedObject {
  return { kind: "invalid", message };
}

/**
 * Texts by name, with nothing inherited, so that any name is safe to look up. An object without a prototype would say the same,
 * but engines keep those as hash tables, several times as large and twenty times as slow to copy.
 */
class Texts {
  [name: string]: string;
}
Reflect.deleteProperty(Texts.prototype, "constructor");
Object.setPrototypeOf(Texts.prototype, null);

/** Null where a value is not text. */
function readTexts(value: unknown, dropped?: ReadonlySet<string>): Readonly<Record<string, string>> | null {
  const result = new Texts();
  if (value === undefined || value === null) return result;
  if (!isRecord(value)) return null;
  for (const [key, text] of Object.entries(value)) {
    if (dropped?.has(key) === true) continue;
    if (typeof text !== "string") return null;
    result[key] = text;
  }
  return result;
}

function readOwners(value: unknown): readonly OwnerReference[] {
  if (!Array.isArray(value)) return [];
  const owners: OwnerReference[] = [];
  for (const owner of value as readonly unknown[]) {
    if (!isRecord(owner)) continue;
    const { apiVersion, kind, name, uid, controller } = owner;
    if (typeof apiVersion !== "string" || typeof kind !== "string" || !isName(name)) continue;
    owners.push({
      apiVersion,
      kind,
      name,
      uid: typeof uid === "string" ? uid : "",
      ...(controller === true ? { controller } : {}),
    });
  }
  return owners;
}

function text(metadata: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const value = metadata[field];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * Checks what arrived and keeps what is used: `managedFields` and the last-applied annotation are dropped. The caller knows
 * the version that it asked for; items of a list do not always say it themselves.
 */
export function parseObject(value: unknown, ref: KindRef, version: string): ParsedObject {
  if (!isRecord(value)) return invalid("it is not an object");
  const raw = value["metadata"];
  if (!isRecord(raw)) return invalid("it has no metadata");
  const name = raw["name"];
  if (!isName(name)) return invalid("metadata.name is missing or not a name");
  const namespace = raw["namespace"];
  if (ref.namespaced && !isName(namespace)) return invalid(`${name}: metadata.namespace is missing or not a name`);
  const labels = readTexts(raw["labels"]);
  if (labels === null) return invalid(`${name}: metadata.labels must be a map of text to text (quote the values)`);
  const annotations = readTexts(raw["annotations"], droppedAnnotations);
  if (annotations === null) {
    return invalid(`${name}: metadata.annotations must be a map of text to text (quote the values)`);
  }
  const uid = text(raw, "uid");
  const resourceVersion = text(raw, "resourceVersion");
  const creationTimestamp = text(raw, "creationTimestamp");
  const deletionTimestamp = text(raw, "deletionTimestamp");
  const generation = raw["generation"];
  const metadata: ObjectMeta = {
    name,
    ...(ref.namespaced && isName(namespace) ? { namespace } : {}),
    ...(uid === undefined ? {} : { uid }),
    ...(typeof generation === "number" ? { generation } : {}),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    labels,
    annotations,
    ownerReferences: readOwners(raw["ownerReferences"]),
  };
  return {
    kind: "ok",
    object: { ...value, apiVersion: formatApiVersion(ref.group, version), kind: ref.kind, metadata },
  };
}
