import { expect, test } from "./test.ts";

test("an administrator sees each kind with its state, what was left out and why, and who did what", async ({
  visit,
}) => {
  const { page } = await visit("ada");
  await page.goto("/");
  await page.getByRole("button", { name: "Account of Ada Admin" }).click();
  await page.getByRole("link", { name: "Administration" }).click();
  await expect(page.getByRole("cell", { name: /HTTPRoute/ })).toBeVisible();
  await expect(page.getByText("Synced").first()).toBeVisible();
  await page.getByRole("heading", { name: "Seen and left out" }).waitFor();
  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(page.getByRole("cell", { name: "Ada Admin" }).first()).toBeVisible();
});
