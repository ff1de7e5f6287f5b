import { LineCounter, parseAllDocuments } from "yaml";
import { sha256Hex } from "../base/index.ts";
import type { KindRef } from "./kind-ref.ts";
import type { KubeObject } from "./kube-object.ts";
import { isRecord, parseObject } from "./parse-object.ts";

/** One object of a file, of any kind. */
export type ManifestObject = {
  readonly group: string;
  readonly version: string;
  readonly raw: Readonly<Record<string, unknown>>;
};

export type Manifest =
  | { readonly kind: "ok"; readonly objects: readonly ManifestObject[] }
  /** `kinds` are the kinds that the file may hold, as far as its text shows; null where it may hold any. */
  | { readonly kind: "broken"; readonly message: string; readonly kinds: ReadonlySet<string> | null };

const depthMax = 100;
const aliasesMax = 100;
const documentsMax = 5_000;

/** True where nesting goes deeper than any Kubernetes object; walks without recursion. */
function isTooDeep(value: unknown): boolean {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value !== "object" || next.value === null) continue;
    if (next.depth >= depthMax) return true;
    for (const child of Object.values(next.value)) open.push({ value: child as unknown, depth: next.depth + 1 });
  }
  return false;
}

/** The kinds that a text names, so that a broken file casts doubt on those alone. A List may hold anything. */
function sniffKinds(text: string): ReadonlySet<string> | null {
  const kinds = new Set<string>();
  for (const found of text.matchAll(/(?:^|[\s,{])"?kind"?\s*:\s*["']?([A-Za-z]+)/g))
    if (found[1] !== undefined) kinds.add(found[1]);
  return kinds.size === 0 || [...kinds].some((kind) => kind.endsWith("List")) ? null : kinds;
}

function parseYaml(text: string): unknown[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    prettyErrors: false,
    merge: true,
    lineCounter: lines,
    logLevel: "silent",
  });
  if (!Array.isArray(documents)) return [];
  if (documents.length > documentsMax) throw new SyntaxError(`it has more than ${String(documentsMax)} documents`);
  return documents.map((document) => {
    const problem = document.errors[0];
    if (problem?.code === "RESOURCE_EXHAUSTION") throw new RangeError(problem.message);
    if (problem !== undefined) {
      const { line, col } = lines.linePos(problem.pos[0]);
      throw new SyntaxError(`line ${String(line)}, column ${String(col)}: ${problem.message}`);
    }
    return document.toJS({ maxAliasCount: aliasesMax }) as unknown;
  });
}

function parseText(name: string, text: string): unknown[] {
  return name.endsWith(".json") ? [JSON.parse(text) as unknown] : parseYaml(text);
}

/** Kubernetes objects among the documents, Lists opened; other YAML (values of a chart, say) is passed over. */
function collectObjects(documents: readonly unknown[]): ManifestObject[] {
  const objects: ManifestObject[] = [];
  const open = [...documents].reverse();
  for (let document = open.pop(); document !== undefined; document = open.pop()) {
    if (!isRecord(document)) continue;
    const { apiVersion, kind, items } = document;
    if (typeof apiVersion !== "string" || typeof kind !== "string") continue;
    if (kind.endsWith("List") && Array.isArray(items)) {
      open.push(...(items as readonly unknown[]).toReversed());
      continue;
    }
    const cut = apiVersion.indexOf("/");
    objects.push({
      group: cut === -1 ? "" : apiVersion.slice(0, cut),
      version: apiVersion.slice(cut + 1),
      raw: document,
    });
  }
  return objects;
}

/** Reads the text of one file. What is wrong with it is an outcome; nothing in it makes this throw. */
export function readManifest(name: string, text: string): Manifest {
  const broken = (message: string): Manifest => ({ kind: "broken", message, kinds: sniffKinds(text) });
  try {
    const documents = parseText(name, text);
    if (documents.some(isTooDeep)) return broken(`it is nested deeper than ${String(depthMax)} levels`);
    return { kind: "ok", objects: collectObjects(documents) };
  } catch (err) {
    // SyntaxError: ours and JSON's. ReferenceError: too many aliases, or an unknown one. RangeError: nested past the stack.
    if (err instanceof SyntaxError || err instanceof ReferenceError) return broken(err.message);
    if (err instanceof RangeError) return broken("it is nested too deeply");
    throw err;
  }
}

/** Checks one object of a file as one of its kind: the namespace defaults, and the resource version is its content's digest. */
export function readManifestObject(
  object: ManifestObject,
  ref: KindRef,
): { readonly kind: "ok"; readonly object: KubeObject } | { readonly kind: "invalid"; readonly message: string } {
  const metadata = isRecord(object.raw["metadata"]) ? object.raw["metadata"] : {};
  const given = {
    ...object.raw,
    metadata: {
      ...metadata,
      namespace: metadata["namespace"] ?? "default",
      resourceVersion: sha256Hex(JSON.stringify(object.raw)),
    },
  };
  return parseObject(given, ref, object.version);
}
