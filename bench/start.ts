import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startFirstRun } from "./first-run.ts";
import { formatMs } from "./figures.ts";
import type { Figure } from "./figures.ts";

const build = fileURLToPath(new URL("../.next", import.meta.url));

/** From the command to the first page: with no build and no data, and once more with both. */
export async function measureStart(): Promise<readonly Figure[]> {
  const home = mkdtempSync(path.join(tmpdir(), "gatebook-start-"));
  try {
    rmSync(build, { recursive: true, force: true });
    const first = await startFirstRun({ home });
    await first.stop();
    const second = await startFirstRun({ home });
    await second.stop();
    return [
      {
        name: "npm start to the first page, the production build included",
        value: formatMs(first.tookMs),
        budget: "60 s",
      },
      { name: "npm start again", value: formatMs(second.tookMs), budget: "10 s" },
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
