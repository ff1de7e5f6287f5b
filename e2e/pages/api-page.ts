import type { Locator, Page } from "@playwright/test";

type Tab = "Overview" | "Reference" | "Changelog" | "Versions" | "Source" | "Try it" | "Publish";

/** The page of one API and its parts. */
export class ApiPage {
  readonly page: Page;
  readonly path: string;

  constructor(page: Page, path: string) {
    this.page = page;
    this.path = path;
  }

  async open(part = ""): Promise<void> {
    await this.page.goto(`${this.path}${part === "" ? "" : `/${part}`}`);
  }

  async openTab(tab: Tab): Promise<void> {
    await this.page.getByRole("navigation", { name: "Parts of this API" }).getByRole("link", { name: tab }).click();
  }

  heading(title: string): Locator {
    return this.page.getByRole("heading", { level: 1, name: title });
  }

  get follow(): Locator {
    return this.page.getByRole("button", { name: "Follow", exact: true });
  }

  get followLevel(): Locator {
    return this.page.getByRole("combobox", { name: "What you are told about this API" });
  }

  /** An operation of the reference, folded or not. */
  operation(method: string, path: string): Locator {
    return this.page.locator(".opblock").filter({
      has: this.page.locator(`[data-path="${path}"]`),
      hasText: new RegExp(`^${method}`, "i"),
    });
  }

  get answer(): Locator {
    return this.page.getByRole("region", { name: "Answer" });
  }
}
