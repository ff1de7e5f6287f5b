import type { Locator, Page } from "@playwright/test";

/** The catalogue as a visitor uses it. */
export class CataloguePage {
  readonly page: Page;
  readonly search: Locator;
  readonly count: Locator;

  constructor(page: Page) {
    this.page = page;
    this.search = page.getByRole("searchbox", { name: "Search APIs" });
    this.count = page.getByText(/^[\d,]+ APIs?/);
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/${query}`);
  }

  /** The line of one API. */
  row(title: string): Locator {
    return this.page.getByRole("row").filter({ has: this.page.getByRole("link", { name: title, exact: true }) });
  }

  facet(group: string, value: string): Locator {
    return this.page
      .getByRole("navigation", { name: `Filter by ${group}` })
      .getByRole("link", { name: new RegExp(`^${value}`) });
  }

  async openApi(title: string): Promise<void> {
    await this.page.getByRole("link", { name: title, exact: true }).click();
  }
}
