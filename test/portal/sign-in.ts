import type { Page } from "@playwright/test";

/** Signs one of the example persons in, over the provider's own page. */
export async function signInAs(page: Page, portalUrl: string, person: string): Promise<void> {
  await page.goto(portalUrl);
  await page.getByRole("banner").getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Continue to sign in" }).click();
  await page.getByRole("button", { name: person }).click();
  await page.getByRole("button", { name: `Account of ${person}` }).waitFor();
}
