import { expect, test } from "vitest";
import { catalogueUrl } from "./catalogue-url.ts";

test("keeps the other filters and goes back to the first page", () => {
  expect(catalogueUrl({ q: "churn", state: "ready", cursor: "abc" }, { protocol: "rest" })).toBe(
    "/?q=churn&protocol=rest&state=ready",
  );
});

test("takes a filter away by undefined", () => {
  expect(catalogueUrl({ q: "churn", state: "ready" }, { state: undefined })).toBe("/?q=churn");
});

test("is the root without any filter", () => {
  expect(catalogueUrl({ q: "" }, {})).toBe("/");
});

test("turns the page", () => {
  expect(catalogueUrl({ q: "a b" }, { cursor: "x/y=" })).toBe("/?q=a+b&cursor=x%2Fy%3D");
});
