import { chromium } from "@playwright/test";
import type { Browser } from "@playwright/test";
import { browserPath } from "../../e2e/browser-path.ts";

/** A Chromium that keeps its own security and stays off the network. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await browserPath(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
