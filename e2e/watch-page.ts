import type { Page } from "@playwright/test";

/** What must not happen on any page of the portal, collected while a test runs. */
export type Watch = {
  readonly faults: string[];
  /** Lets one kind of console message pass: what a test provokes on purpose. */
  allow(pattern: RegExp): void;
};

/** Collects script errors, console errors (a policy's violations are among them) and requests to anybody else. */
export function watchPage(page: Page, ownHosts: readonly string[]): Watch {
  const faults: string[] = [];
  const allowed: RegExp[] = [];
  const note = (fault: string) => {
    if (!allowed.some((pattern) => pattern.test(fault))) faults.push(fault);
  };
  page.on("pageerror", (err) => note(`script error: ${err.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") note(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (/^(data|blob):$/.test(url.protocol)) return;
    if (!ownHosts.includes(url.host)) note(`request to somebody else: ${request.url()}`);
  });
  return { faults, allow: (pattern) => allowed.push(pattern) };
}
