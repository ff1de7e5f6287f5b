import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { sources } from "./registry.ts";
import { renderSources } from "./render-sources.ts";

it("has a page that says what the registry says", () => {
  const page = readFileSync(new URL("../../docs/sources.md", import.meta.url), "utf8");
  expect(page, "run `npm run sources`").toBe(renderSources());
});

it("has one row of six cells for each kind", () => {
  const rows = renderSources()
    .split("\n")
    .filter((line) => line.startsWith("| "));
  // The head and what divides it come first.
  expect(rows).toHaveLength(sources.length + 2);
  for (const row of rows) expect(row.split(/(?<!\\)\|/)).toHaveLength(8);
});
