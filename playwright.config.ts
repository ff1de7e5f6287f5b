import { defineConfig } from "@playwright/test";
import { browserPath } from "./e2e/browser-path.ts";
import { readStackAddress } from "./e2e/stack-address.ts";

const { portalUrl } = await readStackAddress();

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/stack.ts",
  // One portal, one example cluster, three persons: journeys share them and come one after the other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: "test-results",
  use: {
    baseURL: portalUrl,
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: await browserPath(),
      // Web security stays on: a test must see what a policy forbids. The rest keeps the browser off the network.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
