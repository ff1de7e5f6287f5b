import { z } from "zod";
import { examples } from "./examples.ts";
import { ApiPage } from "./pages/api-page.ts";
import { CataloguePage } from "./pages/catalogue-page.ts";
import { signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

const documentSchema = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

test("a consumer signs in, finds a model, narrows the list, and the URL says it all", async ({ visit }) => {
  const { page } = await visit();
  const catalogue = new CataloguePage(page);
  await catalogue.open();
  await signIn(page, "carla");
  await expect(catalogue.row(examples.sentiment.title)).toBeVisible();

  await page.keyboard.press("/");
  await expect(catalogue.search).toBeFocused();
  await page.keyboard.type("sentiment");
  await expect(page).toHaveURL(/[?&]q=sentiment/);
  await expect(catalogue.count).toHaveText(/^1 API/);
  await expect(catalogue.row(examples.churn.title)).toBeHidden();

  await catalogue.search.fill("");
  await expect(page).not.toHaveURL(/q=/);
  await catalogue.facet("type", "Open Inference").click();
  await expect(page).toHaveURL(/protocol=open-inference/);
  await expect(catalogue.row(examples.churn.title)).toBeVisible();
  await expect(catalogue.row(examples.sentiment.title)).toBeHidden();
  await page.reload();
  await expect(catalogue.row(examples.churn.title)).toBeVisible();
  await page.getByRole("link", { name: /^Remove the filter protocol/ }).click();
  await expect(catalogue.row(examples.sentiment.title)).toBeVisible();
});

test("words of an operation find its API, and nonsense finds a way out", async ({ visit }) => {
  const { page } = await visit("carla");
  const catalogue = new CataloguePage(page);
  await catalogue.open("?q=zzzznothing");
  await expect(page.getByRole("heading", { name: "No API fits" })).toBeVisible();
  await page.getByRole("link", { name: "Clear search and filters" }).click();
  await expect(catalogue.row(examples.sentiment.title)).toBeVisible();
});

test("the choice of cards is remembered and rendered at once", async ({ visit }) => {
  const { page } = await visit("carla");
  await page.goto("/");
  await page.getByRole("button", { name: "Cards" }).click();
  await expect(page.getByRole("heading", { level: 2, name: examples.churn.title })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 2, name: examples.churn.title })).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
});

test("the reference unfolds an operation of an OpenAPI 3.1 document and shows its parameters", async ({ visit }) => {
  const { page } = await visit("carla");
  const api = new ApiPage(page, examples.sentiment.path);
  await api.open();
  const document = await page.request.get(
    (await page.getByRole("link", { name: "OpenAPI, JSON" }).getAttribute("href")) ?? "",
  );
  const described = documentSchema.parse(await document.json());
  const path = Object.keys(described.paths).find((key) => described.paths[key]?.["post"] !== undefined) ?? "";
  await api.openTab("Overview");
  await page.getByRole("link", { name: new RegExp(`^post\\s*${path} `, "i") }).click();
  const operation = api.operation("post", path);
  await expect(operation.getByText("Request body")).toBeVisible({ timeout: 30_000 });
  await operation
    .getByRole("tab", { name: "Schema" })
    .or(operation.getByRole("button", { name: "Schema" }))
    .first()
    .click();
  await expect(operation.locator(".json-schema-2020-12").first()).toBeVisible();
});

test("an API that is not described says what was tried and what to do", async ({ visit }) => {
  const { page } = await visit("carla");
  const api = new ApiPage(page, examples.pricing.path);
  await api.open();
  await expect(page.getByRole("heading", { name: "No description is known" })).toBeVisible();
  await api.openTab("Source");
  await expect(page.getByText("Failed", { exact: true })).toBeVisible();
});

test("the source of an API shows the chain that proves it and the share of each revision", async ({ visit }) => {
  const { page } = await visit("carla");
  const api = new ApiPage(page, examples.forecast.path);
  await api.open("source");
  await expect(page.getByText("HTTPRoute").first()).toBeVisible();
  await expect(page.getByText("forecast-v1").first()).toBeVisible();
  await expect(page.getByText(/\d+% of traffic/)).toHaveCount(2);
});
