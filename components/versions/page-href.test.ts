import { describe, expect, it } from "vitest";
import { pageHref } from "./page-href.ts";

describe("the address of a part of an API's page", () => {
  it("keeps the line, and names none where it is the API's own", () => {
    expect(pageHref({ pagePath: "/apis/team/churn" }, "changelog")).toBe("/apis/team/churn/changelog");
    expect(pageHref({ pagePath: "/apis/team/churn", line: "v 2" }, "compare", { from: 1, to: 2 }, "v2")).toBe(
      "/apis/team/churn/compare?from=1&to=2&line=v+2#v2",
    );
  });
});
