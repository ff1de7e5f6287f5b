import { describe, expect, it } from "vitest";
import { matchesTemplate } from "./match-template.ts";

describe("which paths belong to a template", () => {
  it.each([
    ["/", "/"],
    ["/predict", "/predict"],
    ["/items/{id}", "/items/7"],
    ["/v1/models/{model}:predict", "/v1/models/a:b:predict"],
    ["/{a}-{b}", "/x-y-z"],
    ["/files/{path+}", "/files/a/b/c"],
    ["/files/{path:path}", "/files/a/b"],
    ["/a.b/(c)", "/a.b/(c)"],
  ])("%s takes %s", (template, path) => {
    expect(matchesTemplate(template, path)).toBe(true);
  });

  it.each([
    ["/predict", "/predict/"],
    ["/predict", "/predictx"],
    ["/predict", "/xpredict"],
    ["/items/{id}", "/items/"],
    ["/items/{id}", "/items/7/8"],
    ["/items/{id}", "/items"],
    ["/a.b", "/axb"],
    ["/{a}{b}", "/x"],
    ["", "/"],
  ])("%s does not take %s", (template, path) => {
    expect(matchesTemplate(template, path)).toBe(false);
  });

  it("a hostile template costs no more than its length: no backtracking", () => {
    const template = `/${"{a}{b}".repeat(300)}!`;
    const startedMs = performance.now();
    expect(matchesTemplate(template, `/${"x".repeat(7_900)}`)).toBe(false);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});
