import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { examples } from "./examples.ts";
import { ApiPage } from "./pages/api-page.ts";
import { CataloguePage } from "./pages/catalogue-page.ts";
import { expect, test } from "./test.ts";

const cluster = join(process.env["E2E_DATA"] ?? "", "cluster");
const added = join(cluster, "added.yaml");

test.afterAll(async () => {
  await rm(added, { force: true });
});

test("an API that is applied appears on an open catalogue without a reload", async ({ visit }) => {
  const { page } = await visit("carla");
  const catalogue = new CataloguePage(page);
  await catalogue.open();
  await expect(catalogue.row(examples.embeddings.title)).toBeVisible();
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  const manifest = await readFile(join(cluster, "embeddings.yaml"), "utf8");
  await writeFile(
    added,
    manifest
      .replaceAll("Text embeddings", "Text vectors")
      .replaceAll("embeddings", "vectors")
      .replaceAll("open-models", "team-vectors"),
  );
  await expect(catalogue.row("Text vectors")).toBeVisible({ timeout: 20_000 });
  expect(await page.evaluate(() => "notReloaded" in window)).toBe(true);
});

test("two tabs of one browser share one stream of events", async ({ visit }) => {
  const { page } = await visit("carla");
  const streams: string[] = [];
  page.context().on("request", (request) => {
    if (request.url().endsWith("/api/v1/events")) streams.push(request.url());
  });
  await page.goto("/");
  await expect.poll(() => streams.length).toBe(1);
  const second = await page.context().newPage();
  await second.goto(examples.churn.path);
  await expect(second.getByRole("heading", { level: 1, name: examples.churn.title })).toBeVisible();
  expect(streams.length).toBe(1);
  await page.close();
  await expect.poll(() => streams.length).toBe(2);
});

test("an open page says that the session has ended, and leads back to signing in", async ({ visit }) => {
  const { page, watch } = await visit("otto");
  watch.allow(/status of 401/);
  const api = new ApiPage(page, examples.churn.path);
  await api.open();
  await expect(api.follow).toBeEnabled();
  await page.context().clearCookies();
  await api.follow.click();
  await expect(page.getByText("Your session has ended", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Sign in again" }).click();
  await expect(page).toHaveURL(/\/signin\?callbackUrl=/);
});

test("signing out ends the session", async ({ visit }) => {
  const { page } = await visit();
  await page.goto("/signin");
  await page.getByRole("button", { name: "Continue to sign in" }).click();
  await page.getByRole("button", { name: "Otto Owner" }).click();
  await page.getByRole("button", { name: "Account of Otto Owner" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  expect((await page.request.get("/api/v1/notices")).status()).toBe(401);
});
