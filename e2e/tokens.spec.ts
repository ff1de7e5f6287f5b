import { expect, test } from "./test.ts";

test("a token is shown once, reads as its person, and is of no use once revoked", async ({
  visit,
  playwright,
  baseURL,
}) => {
  const { page } = await visit("carla");
  await page.goto("/tokens");
  await page.getByLabel("Name").fill("journey");
  await page.getByRole("button", { name: "Create token" }).click();
  const secret = await page.locator("[data-secret]").innerText();
  expect(secret).toMatch(/^gbt_/);

  const program = await playwright.request.newContext({
    ...(baseURL === undefined ? {} : { baseURL }),
    extraHTTPHeaders: { authorization: `Bearer ${secret}` },
  });
  expect((await program.get("/api/v1/notices")).status()).toBe(200);
  expect((await program.post("/api/v1/tokens", { data: { name: "child", expiresInDays: 1 } })).status()).toBe(403);

  await page.reload();
  await expect(page.getByText(secret)).toHaveCount(0);
  await page.getByRole("button", { name: "Revoke journey" }).click();
  await page.getByRole("button", { name: "Revoke “journey”" }).click();
  await expect(page.getByText("Revoked").first()).toBeVisible();
  expect((await program.get("/api/v1/notices")).status()).toBe(401);
  await program.dispose();
});
