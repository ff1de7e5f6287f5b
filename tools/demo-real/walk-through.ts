import path from "node:path";
import type { Browser, Page } from "@playwright/test";
import { signInAs } from "../../test/portal/sign-in.ts";
import type { Portal } from "../../test/portal/start-portal.ts";

const apis = [
  {
    title: "Customer churn",
    page: "/apis/team-demo/churn",
    url: "http://churn.models.test:8080",
    operation: "POST /predict",
    body: { age: 30 },
  },
  {
    title: "Row length",
    page: "/apis/team-demo/distance",
    url: "http://distance-team-demo.models.test:8080",
    operation: "POST /v1/models/distance:predict",
    body: { instances: [[3, 4]] },
  },
  {
    title: "Doubler",
    page: "/apis/team-demo/doubler",
    url: "http://doubler.models.test:8080",
    operation: "POST /v2/models/doubler/infer",
    body: { inputs: [{ name: "values", datatype: "FP32", shape: [1, 3], data: [1, 2, 3] }] },
  },
] as const;

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`Not as it must be: ${what}`);
}

/** One call from the page, filled in as a person would. */
async function tryFromPage(page: Page, portalUrl: string, api: (typeof apis)[number]): Promise<string> {
  // The console's own link to an operation, as the reference and a shared link have it.
  await page.goto(`${portalUrl}${api.page}/try?op=${encodeURIComponent(api.operation)}`);
  await page.getByRole("textbox", { name: /^Body/ }).fill(JSON.stringify(api.body));
  await page.getByRole("button", { name: /^Send/ }).click();
  const answer = page.getByRole("region", { name: "Answer" });
  await answer
    .getByText(/^[1-5]\d\d (?!ms)|could not|refused|did not send/)
    .first()
    .waitFor({ timeout: 20_000 });
  const said = (await answer.innerText()).replaceAll(/\s+/g, " ").slice(0, 300);
  check(/^Answer 2\d\d (?!ms)/.test(said), `${api.title} answers 2xx, and said: ${said}`);
  return said;
}

/** Everything that the run shows, in the order of a person's day; throws at the first thing that is not so. */
export async function walkThrough(options: {
  readonly browser: Browser;
  readonly portal: Portal;
  readonly pictures: string;
  readonly log: (line: string) => void;
  readonly breakContract: () => Promise<{
    readonly startedMs: number;
    readonly endedMs: number;
    readonly oldPod: string;
  }>;
}): Promise<void> {
  const { browser, portal, pictures, log } = options;
  const [first = "", second = first] = portal.webUrls;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await signInAs(page, first, "Carla Consumer");
  for (const api of apis) {
    await page.goto(first);
    await page.getByRole("link", { name: api.title }).first().waitFor({ timeout: 30_000 });
    await page.goto(`${first}${api.page}`);
    await page.getByText(api.url).first().waitFor();
    const origin = await page.request.get(`${first}/api/v1/apis?q=${encodeURIComponent(api.title)}`);
    const { items } = (await origin.json()) as { items: { origin: string; operationCount: number }[] };
    check(items[0]?.origin === "fetched" && items[0].operationCount > 0, `${api.title} has its own description`);
    log(`  listed: ${api.title} at ${api.url}, ${String(items[0]?.operationCount)} operations`);
  }
  await page.goto(first);
  await page.getByRole("link", { name: apis[0].title }).first().waitFor();
  await page.screenshot({ path: path.join(pictures, "catalogue.png") });
  for (const api of apis) {
    try {
      log(`  called: ${api.title}: ${await tryFromPage(page, first, api)}`);
    } catch (err) {
      await page.screenshot({ path: path.join(pictures, "failed.png"), fullPage: true });
      throw err;
    }
  }

  await page.goto(`${first}${apis[0].page}`);
  await page.getByRole("button", { name: "Follow", exact: true }).click();
  await page.getByRole("combobox", { name: "What you are told about this API" }).waitFor();
  await page.screenshot({ path: path.join(pictures, "api.png") });

  // The other web process, and a page that has nothing to do with what changes.
  const watching = await context.newPage();
  await watching.goto(`${second}/following`);
  await watching.evaluate(() => Object.assign(window, { notReloaded: true }));
  await watching.getByRole("button", { name: "Notices, none unread" }).waitFor();
  const seen = watching
    .getByRole("button", { name: /^Notices, [1-9]\d* unread/ })
    .waitFor({ timeout: 30_000 })
    .then(() => Date.now());
  const { startedMs, endedMs } = await options.breakContract();
  const seenMs = await seen;
  check(await watching.evaluate(() => "notReloaded" in window), "the page was not reloaded");
  log(
    `  the notice was on the open page ${String(seenMs - endedMs)} ms after the last and ${String(seenMs - startedMs)} ms after the first change of an object`,
  );
  check(seenMs - startedMs < 2_000 || seenMs - endedMs < 2_000, "the notice is there within two seconds");
  await watching.screenshot({ path: path.join(pictures, "notice.png") });
  await watching.goto(`${second}${apis[0].page}/changelog`);
  await watching.getByText("Breaking", { exact: true }).first().waitFor();
  await watching.screenshot({ path: path.join(pictures, "changelog.png"), fullPage: true });
  log(`  pictures in ${path.relative(process.cwd(), pictures)}`);
  await context.close();
}
