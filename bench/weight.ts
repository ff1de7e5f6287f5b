import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { launchBrowser } from "../test/portal/launch-browser.ts";
import { startFirstRun } from "./first-run.ts";
import { formatKib } from "./figures.ts";
import type { Figure } from "./figures.ts";

/** KiB of JavaScript, gzipped, that a page loads by itself with an empty cache, inline scripts left out. */
async function weigh(page: Page, url: string): Promise<number> {
  let bytes = 0;
  const pending: Promise<void>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    pending.push(response.body().then((body) => void (bytes += gzipSync(body).byteLength)));
  });
  await page.goto(url, { waitUntil: "networkidle" }).catch(() => page.waitForTimeout(2_000));
  await Promise.allSettled(pending);
  return bytes;
}

/** First-load JavaScript of the catalogue and of the pages of an API. */
export async function measureWeight(): Promise<readonly Figure[]> {
  const run = await startFirstRun();
  const browser = await launchBrowser();
  try {
    const figures: Figure[] = [];
    for (const [name, path, budget] of [
      ["catalogue", "/", "130 KiB"],
      ["API page", "/apis/open-models/embeddings", ""],
      ["API reference (Swagger UI)", "/apis/open-models/embeddings/reference", ""],
    ] as const) {
      const context = await browser.newContext();
      const bytes = await weigh(await context.newPage(), `${run.url}${path}`);
      figures.push({ name: `JavaScript of the ${name}, gzip`, value: formatKib(bytes), budget });
      await context.close();
    }
    return figures;
  } finally {
    await browser.close();
    await run.stop();
  }
}
