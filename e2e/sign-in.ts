import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { persons } from "./persons.ts";
import type { PersonName } from "./persons.ts";

/** Signs a person in the way a person does: from the page that is open, over the provider's page, and back. */
export async function signIn(page: Page, person: PersonName): Promise<void> {
  await page.getByRole("banner").getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Continue to sign in" }).click();
  await page.getByRole("button", { name: persons[person] }).click();
  await expect(page.getByRole("button", { name: `Account of ${persons[person]}` })).toBeVisible();
}
