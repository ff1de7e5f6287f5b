import { AxeBuilder } from "@axe-core/playwright";
import { examples } from "./examples.ts";
import { expect, test } from "./test.ts";
import type { PersonName } from "./persons.ts";

const { sentiment, embeddings, summaries } = examples;

const pages: readonly { readonly path: string; readonly person?: PersonName }[] = [
  { path: "/" },
  { path: "/signin" },
  { path: embeddings.path },
  { path: "/", person: "carla" },
  { path: "/?q=zzzz", person: "carla" },
  { path: sentiment.path, person: "carla" },
  { path: `${sentiment.path}/reference`, person: "carla" },
  { path: `${sentiment.path}/changelog`, person: "carla" },
  { path: `${sentiment.path}/versions`, person: "carla" },
  { path: `${sentiment.path}/compare`, person: "carla" },
  { path: `${sentiment.path}/source`, person: "carla" },
  { path: `${sentiment.path}/try`, person: "carla" },
  { path: `${sentiment.path}/publish`, person: "carla" },
  { path: `${summaries.path}/source`, person: "carla" },
  { path: "/notices", person: "carla" },
  { path: "/following", person: "carla" },
  { path: "/tokens", person: "carla" },
  { path: `${embeddings.path}/publish`, person: "otto" },
  { path: "/admin", person: "ada" },
  { path: "/admin/audit", person: "ada" },
];

for (const colorScheme of ["light", "dark"] as const) {
  for (const { path, person } of pages) {
    test(`${path} for ${person ?? "a visitor"} in ${colorScheme} has nothing that axe finds fault with`, async ({
      visit,
    }) => {
      const { page } = await visit(person, { colorScheme });
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      if (path.endsWith("/reference")) {
        await page.locator(".opblock-summary-control").first().click({ timeout: 30_000 });
        await page.locator(".opblock-body").first().waitFor();
      }
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
      ).toEqual([]);
    });
  }
}
