import { expect, test as base } from "@playwright/test";
import type { BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import type { PersonName } from "./persons.ts";
import { signIn } from "./sign-in.ts";
import { readStackAddress } from "./stack-address.ts";
import { watchPage } from "./watch-page.ts";
import type { Watch } from "./watch-page.ts";

type Visit = { readonly page: Page; readonly watch: Watch };

/**
 * A test of the running portal. `visit` opens a browser of its own, for nobody or for a person who is signed in; at the end
 * every page that was opened must have been quiet: no error, no violation of the policy, no request to anybody else.
 */
export const test = base.extend<
  { visit: (person?: PersonName, options?: BrowserContextOptions) => Promise<Visit> },
  { states: Map<PersonName, BrowserContextOptions["storageState"]> }
>({
  states: [
    async ({}, use) => {
      await use(new Map());
    },
    { scope: "worker" },
  ],
  visit: async ({ browser, states }, use) => {
    const { portalUrl, environment } = await readStackAddress();
    const ownHosts = [new URL(portalUrl).host, `localhost:${environment["EXAMPLES_OIDC_PORT"]}`];
    const contexts: BrowserContext[] = [];
    const watches: Watch[] = [];
    await use(async (person, options = {}) => {
      const state = person === undefined ? undefined : states.get(person);
      const context = await browser.newContext({
        baseURL: portalUrl,
        locale: "en-GB",
        timezoneId: "UTC",
        viewport: { width: 1280, height: 900 },
        reducedMotion: "reduce",
        ...options,
        ...(state === undefined ? {} : { storageState: state }),
      });
      contexts.push(context);
      const page = await context.newPage();
      const watch = watchPage(page, ownHosts);
      watches.push(watch);
      if (person !== undefined && state === undefined) {
        await page.goto("/");
        await signIn(page, person);
        states.set(person, await context.storageState());
      }
      return { page, watch };
    });
    for (const context of contexts) await context.close();
    expect(watches.flatMap(({ faults }) => faults)).toEqual([]);
  },
});

export { expect };
