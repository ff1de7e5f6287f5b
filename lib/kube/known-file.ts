import type { KindRef } from "./kind-ref.ts";
import type { KubeObject } from "./kube-object.ts";
import type { ManifestObject } from "./read-manifest.ts";
import { readManifest, readManifestObject } from "./read-manifest.ts";
import type { FoundFile } from "./scan-folder.ts";

/** One object of a file; `watched` is null where its kind is not read. */
type KnownObject = {
  readonly manifest: ManifestObject;
  readonly watched: { readonly ref: KindRef; readonly object: KubeObject } | null;
};

/** What is known of one file: what its last good content held, and what is wrong with the present one. */
export type KnownFile = {
  readonly stamp: string;
  readonly objects: readonly KnownObject[];
  readonly problem: { readonly message: string; readonly kinds: ReadonlySet<string> | null } | null;
};

/**
 * Takes a file's new content over what was known of it. Content that cannot be read, or that holds a watched object that
 * is none, leaves the objects of the last good content in place.
 */
export function takeFile(
  file: FoundFile,
  before: KnownFile | undefined,
  findRef: (object: ManifestObject) => KindRef | undefined,
): KnownFile {
  if (file.trouble !== null) {
    const problem = { message: file.trouble, kinds: new Set<string>() };
    return { stamp: file.stamp, objects: before?.objects ?? [], problem };
  }
  if (file.text === null && before !== undefined) return before;
  const content = readManifest(file.name, file.text ?? "");
  if (content.kind === "broken") {
    return { stamp: file.stamp, objects: before?.objects ?? [], problem: content };
  }
  const good: KnownObject[] = [];
  const bad: string[] = [];
  const kinds = new Set<string>();
  for (const manifest of content.objects) {
    const ref = findRef(manifest);
    if (ref === undefined) {
      good.push({ manifest, watched: null });
      continue;
    }
    const outcome = readManifestObject(manifest, ref);
    if (outcome.kind === "ok") {
      good.push({ manifest, watched: { ref, object: outcome.object } });
      continue;
    }
    bad.push(`${ref.kind}: ${outcome.message}`);
    kinds.add(ref.kind);
  }
  if (bad.length === 0) return { stamp: file.stamp, objects: good, problem: null };
  return { stamp: file.stamp, objects: before?.objects ?? good, problem: { message: bad.join("; "), kinds } };
}
