import { describe, expect, test } from "vitest";
import { safeCallbackUrl } from "./auth-options.ts";
import { checkOrigin } from "./check-origin.ts";
import { clientAddress } from "./client-address.ts";
import { contentPolicy, securityHeaders } from "./content-policy.ts";
import { readCookie, sessionCookieName } from "./session-cookie.ts";

const settings = { PUBLIC_URL: "https://gatebook.example.com" };

describe("the origin of a change", () => {
  test.each([
    [{ origin: "https://gatebook.example.com" }, true],
    [{ origin: "https://gatebook.example.com", "sec-fetch-site": "same-origin" }, true],
    [{ "sec-fetch-site": "same-origin" }, true],
    [{}, false],
    [{ "sec-fetch-site": "none" }, false],
    [{ origin: "null" }, false],
    [{ origin: "http://gatebook.example.com" }, false],
    [{ origin: "https://gatebook.example.com:8443" }, false],
    [{ origin: "https://gatebook.example.com.evil.example" }, false],
    [{ origin: "https://gatebook.example.com", "sec-fetch-site": "same-site" }, false],
  ])("%j is the portal's own: %s", (headers, fine) => {
    expect(checkOrigin(settings, new Headers(headers)) === null).toBe(fine);
  });
});

describe("the address of a caller", () => {
  const headers = new Headers({ "x-gatebook-peer": "10.1.1.1", "x-forwarded-for": "6.6.6.6, 203.0.113.7, 10.2.2.2" });

  test.each([
    [0, "10.1.1.1"],
    [1, "10.2.2.2"],
    [2, "203.0.113.7"],
    [9, "6.6.6.6"],
  ])("behind %i trusted proxies is %s", (count, address) => {
    expect(clientAddress({ TRUSTED_PROXIES: count }, headers)).toBe(address);
  });

  test("is the socket's where no proxy said anything", () => {
    expect(clientAddress({ TRUSTED_PROXIES: 1 }, new Headers({ "x-gatebook-peer": "10.1.1.1" }))).toBe("10.1.1.1");
  });
});

describe("the way back from signing in", () => {
  test.each([
    ["/apis/team/churn?x=1#y", "https://gatebook.example.com/apis/team/churn?x=1#y"],
    ["https://gatebook.example.com/notices", "https://gatebook.example.com/notices"],
    ["https://evil.example/", "https://gatebook.example.com/"],
    ["//evil.example", "https://gatebook.example.com/"],
    ["/\\evil.example", "https://gatebook.example.com/"],
    ["/\t/evil.example", "https://gatebook.example.com/"],
    ["https://gatebook.example.com@evil.example", "https://gatebook.example.com/"],
    ["javascript:alert(1)", "https://gatebook.example.com/"],
    ["http://[", "https://gatebook.example.com/"],
  ])("%s leads to %s", (url, expected) => {
    expect(safeCallbackUrl(url, settings.PUBLIC_URL)).toBe(expected);
  });
});

describe("the content policy", () => {
  const policy = contentPolicy(
    { ...settings, OIDC_ISSUER: "https://login.example.com/realms/one", NODE_ENV: "production" },
    "bm9uY2U=",
  );

  test("runs scripts by nonce alone, and never text", () => {
    expect(policy).toContain("script-src 'nonce-bm9uY2U=' 'strict-dynamic';");
    expect(policy).not.toContain("unsafe-eval");
    expect(policy.match(/'unsafe-inline'/g)).toHaveLength(1);
    expect(policy).toContain("style-src-attr 'unsafe-inline'");
  });

  test("lets forms lead to the identity provider and to nobody else", () => {
    expect(policy).toContain("form-action 'self' https://login.example.com;");
  });

  test("binds browsers to https where the portal has it", () => {
    expect(securityHeaders(settings)["strict-transport-security"]).toBeDefined();
    expect(securityHeaders({ PUBLIC_URL: "http://localhost:3000" })["strict-transport-security"]).toBeUndefined();
  });
});

describe("cookies", () => {
  test("are bound to the host where the portal has https", () => {
    expect(sessionCookieName(settings)).toBe("__Host-gatebook-session");
    expect(sessionCookieName({ PUBLIC_URL: "http://localhost:3000" })).toBe("gatebook-session");
  });

  test("are found by their whole name", () => {
    const header = "x-gatebook-session=no; gatebook-session=yes; gatebook-session2=no";
    expect(readCookie(header, "gatebook-session")).toBe("yes");
    expect(readCookie(header, "session")).toBeNull();
    expect(readCookie(null, "gatebook-session")).toBeNull();
  });
});
