import { writeFile } from "node:fs/promises";
import { renderRules } from "../lib/diff/index.ts";

await writeFile(new URL("../docs/rules.md", import.meta.url), renderRules());
