import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import packed from "@sparticuz/chromium";

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The Chromium that the journeys run in: the one that CHROMIUM_PATH names, Playwright's own where it was downloaded, an
 * installed one, else the one that comes with npm (Linux on x64).
 */
export async function browserPath(): Promise<string> {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && named !== "") return named;
  const found = [chromium.executablePath(), ...installed].find((path) => existsSync(path));
  return found ?? (await packed.executablePath());
}
