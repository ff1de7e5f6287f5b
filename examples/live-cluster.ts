import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultExampleSettings } from "./settings.ts";
import type { ExampleSettings } from "./settings.ts";

/**
 * The folder that stands in for a cluster while the example runs: a copy of `examples/cluster`, so that a rollout can change
 * it without touching the repository. It is kept between runs, as a cluster would be, until the originals or the ports
 * change.
 */
export const clusterSource = fileURLToPath(new URL("cluster/", import.meta.url));
export const rolloutSource = fileURLToPath(new URL("rollout/", import.meta.url));

/** Writes the chosen ports in the place of the default ones. */
export function withPorts(text: string, settings: ExampleSettings): string {
  const { portBase, gatewayPort } = defaultExampleSettings;
  return text.replace(/(?<![\d.])\d{4,5}(?![\d.])/g, (digits) => {
    const port = Number(digits);
    if (port === gatewayPort) return String(settings.gatewayPort);
    return port > portBase && port < portBase + 100 ? String(settings.portBase + port - portBase) : digits;
  });
}

async function manifestsIn(folder: string, settings: ExampleSettings): Promise<Map<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
  const texts = await Promise.all(
    names.map(async (name) => [name, withPorts(await readFile(join(folder, name), "utf8"), settings)] as const),
  );
  return new Map(texts);
}

/** Replaces one manifest in one step, so that a reader sees the old file or the new one and never half of it. */
async function replaceManifest(live: string, name: string, text: string): Promise<void> {
  const draft = join(dirname(live), `${name}.draft`);
  await writeFile(draft, text);
  await rename(draft, join(live, name));
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (err) {
    if (err instanceof Error && "code" in err && err.code === "ENOENT") return null;
    throw err;
  }
}

/** Makes the folder `live` what `examples/cluster` says, unless it was made from the same originals and ports before. */
export async function prepareLiveCluster(live: string, settings: ExampleSettings): Promise<"kept" | "copied"> {
  const manifests = await manifestsIn(clusterSource, settings);
  const digest = createHash("sha256")
    .update(JSON.stringify([...manifests]))
    .digest("hex");
  const stamp = `${live.replace(/\/$/, "")}.digest`;
  if ((await readOrNull(stamp)) === digest) return "kept";
  await rm(live, { recursive: true, force: true });
  await mkdir(live, { recursive: true });
  for (const [name, text] of manifests) await replaceManifest(live, name, text);
  await writeFile(stamp, digest);
  return "copied";
}

/** Applies the breaking version of the sentiment model, or the earlier one again; false where it was so already. */
export async function applyRollout(live: string, settings: ExampleSettings, back: boolean): Promise<boolean> {
  const manifests = await manifestsIn(back ? clusterSource : rolloutSource, settings);
  const text = manifests.get("sentiment.yaml");
  if (text === undefined) throw new Error("The manifest sentiment.yaml is missing.");
  const path = join(live, "sentiment.yaml");
  const present = await readOrNull(path);
  if (present === null) throw new Error(`${live} is not there: start the example first, with npm start.`);
  if (present === text) return false;
  await replaceManifest(live, "sentiment.yaml", text);
  return true;
}
