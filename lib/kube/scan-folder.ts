import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isRecord } from "./parse-object.ts";

/**
 * One file as it was found. `text` is null where the stamp is the one that was known; `trouble` says why the file cannot be
 * read now.
 */
export type FoundFile = {
  readonly name: string;
  readonly stamp: string;
  readonly text: string | null;
  readonly trouble: string | null;
};

export type FolderScan =
  | {
      readonly kind: "read";
      readonly files: readonly FoundFile[];
      readonly problems: readonly { readonly name: string; readonly message: string }[];
      /** True where a file is being written at this moment: look again soon. */
      readonly isUnsettled: boolean;
    }
  | { readonly kind: "unreadable"; readonly message: string };

export type ScanLimits = { readonly filesMax: number; readonly bytesMax: number; readonly settleMs: number };

const manifestName = /\.(ya?ml|json)$/i;
const depthMax = 12;

function isGone(err: unknown): boolean {
  return isRecord(err) && (err["code"] === "ENOENT" || err["code"] === "ENOTDIR");
}

function messageOf(err: unknown): string {
  return err instanceof Error ? err.message : String(err);
}

/**
 * Finds the manifests below a folder and reads those whose stamp (inode, size, time) is not the known one. Names that begin
 * with a dot are passed over, and links that lead out of the folder are reported and not followed. A file that is still being
 * written keeps its known stamp.
 */
export async function scanFolder(
  folder: string,
  known: ReadonlyMap<string, string>,
  limits: ScanLimits,
): Promise<FolderScan> {
  const files: FoundFile[] = [];
  const problems: { name: string; message: string }[] = [];
  let isUnsettled = false;
  let root: string;

  async function visitFile(name: string, real: string): Promise<void> {
    const facts = await stat(real, { bigint: true });
    const before = known.get(name);
    const ageMs = Date.now() - Number(facts.mtimeMs);
    const stamp = `${String(facts.ino)}:${String(facts.size)}:${String(facts.mtimeNs)}:${real}`;
    if (stamp === before) {
      files.push({ name, stamp, text: null, trouble: null });
      return;
    }
    if (ageMs >= 0 && ageMs < limits.settleMs) {
      isUnsettled = true;
      if (before !== undefined) files.push({ name, stamp: before, text: null, trouble: null });
      return;
    }
    if (facts.size > BigInt(limits.bytesMax)) {
      files.push({ name, stamp, text: null, trouble: `it is larger than ${String(limits.bytesMax)} bytes` });
      return;
    }
    files.push({ name, stamp, text: await readFile(real, "utf8"), trouble: null });
  }

  async function visitEntry(name: string, depth: number): Promise<void> {
    try {
      const real = await realpath(path.join(root, name));
      if (real !== root && !real.startsWith(root + path.sep)) {
        problems.push({ name, message: "it is a link that leads out of the folder, which is not followed" });
        return;
      }
      const facts = await stat(real);
      if (facts.isDirectory()) await visitFolder(name, real, depth + 1);
      else if (facts.isFile() && manifestName.test(name)) await visitFile(name, real);
    } catch (err) {
      // Gone between listing and reading is the same as gone; anything else is said, and what was known of it is kept.
      if (isGone(err)) return;
      const lost = [...known.keys()].filter((other) => other === name || other.startsWith(name + path.sep));
      if (lost.length === 0) problems.push({ name, message: messageOf(err) });
      for (const other of lost) files.push({ name: other, stamp: "", text: null, trouble: messageOf(err) });
    }
  }

  async function visitFolder(name: string, real: string, depth: number): Promise<void> {
    if (depth > depthMax) {
      problems.push({ name, message: `it lies deeper than ${String(depthMax)} folders` });
      return;
    }
    for (const entry of (await readdir(real)).sort()) {
      if (entry.startsWith(".") || entry === "node_modules") continue;
      if (files.length >= limits.filesMax) {
        if (!problems.some((problem) => problem.name === "")) {
          problems.push({
            name: "",
            message: `the folder has more than ${String(limits.filesMax)} manifests; the rest is not read`,
          });
        }
        return;
      }
      await visitEntry(name === "" ? entry : path.join(name, entry), depth);
    }
  }

  try {
    root = await realpath(folder);
    await visitFolder("", root, 0);
    return { kind: "read", files, problems, isUnsettled };
  } catch (err) {
    return { kind: "unreadable", message: messageOf(err) };
  }
}
