import { mkdir, writeFile } from "node:fs/promises";
import { renderClusterRole, renderSources } from "../lib/sources/index.ts";

await mkdir(new URL("../deploy", import.meta.url), { recursive: true });
await writeFile(new URL("../docs/sources.md", import.meta.url), renderSources());
await writeFile(new URL("../deploy/cluster-role.yaml", import.meta.url), renderClusterRole());
