import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { words } from "./messages/en.ts";
import { renderRules } from "./render-rules.ts";
import { rules } from "./rules.ts";

it("has a page that says what the table says", () => {
  const page = readFileSync(new URL("../../docs/rules.md", import.meta.url), "utf8");
  expect(page, "run `npm run rules`").toBe(renderRules());
});

it("says of every rule what happened, why it matters and what to do, in whole sentences", () => {
  const texts = [...rules.values()].flatMap(({ edit }) => {
    const { what, why, advice } = words[edit];
    return [what, ...[why].flat(), ...[advice].flat()];
  });
  expect(texts.filter((text) => !/^(\{[sab]\}|[A-Z]).*\.$/.test(text))).toEqual([]);
});
