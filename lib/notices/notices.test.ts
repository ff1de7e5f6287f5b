import { describe, expect, test } from "vitest";
import type { NoticeMail } from "../store/index.ts";
import { mayStillSee } from "./create-teller.ts";
import { composeMail, composeNotice } from "./index.ts";

const notice: NoticeMail = {
  email: "c@example.com",
  groups: [],
  mailedAt: null,
  kind: "current",
  verdict: "breaking",
  message: "Version 2 has replaced version 1. 1 breaking change.",
  advice: "Send `age`.",
  apiTitle: "Churn",
  apiPath: "/apis/team/churn",
  owner: "fraud",
  visibility: { kind: "signed-in" },
  line: null,
  versionNumber: 2,
  versionLabel: "2.0",
};

describe("a mail", () => {
  test("never carries a line end from outside into a header", () => {
    const { subject } = composeMail(
      { ...notice, apiTitle: "Churn\r\nBcc: everybody@example.com\u2028x" },
      "https://p.example",
    );
    expect(subject).toBe("Breaking change: Churn Bcc: everybody@example.com x");
  });

  test("never carries markup from outside into its HTML", () => {
    const { html } = composeMail(
      { ...notice, apiTitle: "<script>a</script>", message: '<img src=x onerror="a">' },
      "https://p.example/",
    );
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain('href="https://p.example/apis/team/churn/changelog"');
  });
});

test("a notice says which version follows which", () => {
  const one = { line: "main", number: 1, label: "v1" };
  const two = { line: "main", number: 2, label: "2.0.0" };
  expect(composeNotice("upcoming", two, one, []).message).toMatch(
    /^Version 2 \(2\.0\.0\) is about to replace version 1\./,
  );
  expect(composeNotice("current", { ...one, line: "v2", label: "v2-1" }, { ...two, line: "v2" }, []).message).toMatch(
    /^Version 1 of v2 has replaced version 2 of v2 \(2\.0\.0\)\./,
  );
  expect(composeNotice("rollback", one, two, []).message).toMatch(
    /^Version 2 \(2\.0\.0\) was rolled back to version 1\./,
  );
});

test("a follower who lost the group is not told, an admin is", () => {
  const api = { visibility: { kind: "groups", groups: ["fraud"] }, owner: null } as const;
  expect(mayStillSee({ userId: "u", groups: ["apps"] }, api, ["platform"])).toBe(false);
  expect(mayStillSee({ userId: "u", groups: ["fraud"] }, api, ["platform"])).toBe(true);
  expect(mayStillSee({ userId: "u", groups: ["platform"] }, api, ["platform"])).toBe(true);
});
