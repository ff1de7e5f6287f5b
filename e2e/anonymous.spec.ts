import { examples } from "./examples.ts";
import { ApiPage } from "./pages/api-page.ts";
import { CataloguePage } from "./pages/catalogue-page.ts";
import { expect, test } from "./test.ts";

test("a visitor who is not signed in sees what is public and nothing else", async ({ visit }) => {
  const { page } = await visit();
  const catalogue = new CataloguePage(page);
  await catalogue.open();
  await expect(catalogue.row(examples.embeddings.title)).toBeVisible();
  await expect(catalogue.count).toHaveText(/^1 API/);
  await expect(page.getByText("You see what is public.")).toBeVisible();
});

test("a public API can be read without signing in, and says why it cannot be tried or followed", async ({ visit }) => {
  const { page } = await visit();
  const api = new ApiPage(page, examples.embeddings.path);
  await api.open();
  await expect(api.heading(examples.embeddings.title)).toBeVisible();
  await expect(api.follow).toBeDisabled();
  await api.openTab("Try it");
  await expect(page.getByText("Calls cannot be sent from here")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Send/ })).toBeDisabled();
});

test("an API for people who are signed in is not found by others", async ({ visit }) => {
  const { page, watch } = await visit();
  watch.allow(/404/);
  const answer = await page.goto(examples.sentiment.path);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
});

test("pages that belong to a person ask to sign in first", async ({ visit }) => {
  const { page } = await visit();
  for (const path of ["/notices", "/following", "/tokens", "/admin", "/admin/audit"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Sign in first" })).toBeVisible();
  }
});
