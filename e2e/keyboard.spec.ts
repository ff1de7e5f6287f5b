import { examples } from "./examples.ts";
import { expect, test } from "./test.ts";

test("search, shortcuts and the way past the header are on the keyboard", async ({ visit }) => {
  const { page } = await visit("carla");
  await page.goto(examples.churn.path);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Control+k");
  const search = page.getByRole("searchbox", { name: "Search APIs" });
  await expect(search).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(search).not.toBeFocused();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.keyboard.press("/");
  await page.keyboard.type("chat");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/\?q=chat/);
});

test("the chosen colours stay and do not flash", async ({ visit }) => {
  const { page } = await visit();
  await page.goto("/");
  await page.getByRole("button", { name: "Colours: as the system" }).click();
  await page.getByRole("button", { name: "Colours: light" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const html = await (await page.request.get("/")).text();
  expect(html).toMatch(/<html[^>]*data-theme="dark"/);
});

for (const path of [
  "/",
  examples.sentiment.path,
  `${examples.sentiment.path}/changelog`,
  `${examples.sentiment.path}/try`,
]) {
  test(`${path} fits a narrow screen`, async ({ visit }) => {
    const { page } = await visit("carla", { viewport: { width: 360, height: 740 } });
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    const widthOf = () => page.evaluate(() => document.documentElement.scrollWidth);
    // As it is shown first, which may be what says that it is loading, and as it stays.
    expect(await widthOf()).toBeLessThanOrEqual(360);
    await page.locator("main:not(:has([aria-busy=true]))").waitFor();
    expect(await widthOf()).toBeLessThanOrEqual(360);
  });
}
