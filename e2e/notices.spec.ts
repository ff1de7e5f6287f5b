import { examples } from "./examples.ts";
import { ApiPage } from "./pages/api-page.ts";
import { runRollout } from "./run-rollout.ts";
import { expect, test } from "./test.ts";

test.describe.configure({ mode: "serial" });

test.afterAll(async () => {
  await runRollout(true);
});

test("a consumer follows an API and finds it under Following", async ({ visit }) => {
  const { page } = await visit("carla");
  const api = new ApiPage(page, examples.sentiment.path);
  await api.open();
  await api.follow.click();
  await expect(api.followLevel).toHaveValue("breaking-and-risky");
  await page.reload();
  await expect(api.followLevel).toHaveValue("breaking-and-risky");
  await page.goto("/following");
  await expect(page.getByRole("link", { name: examples.sentiment.title })).toBeVisible();
});

test("a rollout that breaks the contract reaches the follower's open page without a reload, and nobody else's", async ({
  visit,
}) => {
  const follower = await visit("carla");
  const other = await visit("ada");
  await Promise.all([follower.page.goto("/following"), other.page.goto("/")]);
  await follower.page.evaluate(() => Object.assign(window, { notReloaded: true }));
  await expect(follower.page.getByRole("button", { name: "Notices, none unread" })).toBeVisible();
  await runRollout();

  const bell = follower.page.getByRole("button", { name: /^Notices, \d+ unread/ });
  await expect(bell).toBeVisible({ timeout: 20_000 });
  const toast = follower.page.getByRole("listitem").filter({ hasText: examples.sentiment.title }).last();
  await expect(toast.getByText(/breaking/).first()).toBeVisible();
  expect(await follower.page.evaluate(() => "notReloaded" in window)).toBe(true);

  await bell.click();
  const panel = follower.page.getByRole("group", { name: "Notices" });
  const card = panel.getByRole("article").first();
  await expect(card.getByText(/^\d+ breaking$/)).toBeVisible();
  await expect(card.getByText(examples.sentiment.title)).toBeVisible();
  await card.getByRole("button", { name: "Mark as read" }).click();
  await expect(card.getByRole("button", { name: "Mark as read" })).toBeHidden();
  await expect(other.page.getByRole("button", { name: "Notices, none unread" })).toBeVisible();
});

test("the changelog says what broke, what to do, and keeps only that when asked", async ({ visit }) => {
  const { page } = await visit("carla");
  const api = new ApiPage(page, examples.sentiment.path);
  await api.open("changelog");
  const newest = page.getByRole("article").first();
  await expect(newest.getByText("Breaking", { exact: true }).first()).toBeVisible();
  await page.getByRole("link", { name: "Only breaking" }).click();
  await expect(page).toHaveURL(/only=breaking/);
  await expect(page.getByText("Safe", { exact: true })).toHaveCount(0);
  await newest.getByRole("link", { name: /^Compare with/ }).click();
  await expect(page.getByRole("heading", { name: /^From v\d+ to v\d+/ })).toBeVisible();
});

test("an older version says that it is not current", async ({ visit }) => {
  const { page } = await visit("carla");
  const api = new ApiPage(page, examples.sentiment.path);
  await api.open("versions");
  await page.getByRole("link", { name: "Version 1", exact: true }).click();
  await expect(page.getByText(/^You are reading v1\./)).toBeVisible();
});

test("notices are read on their own page too", async ({ visit }) => {
  const { page } = await visit("carla");
  await page.goto("/notices");
  await expect(page.getByRole("article").first()).toContainText(examples.sentiment.title);
});
