import { describe, expect, it } from "vitest";
import { checkCallHeaders, checkCallPath, encodeRest, shownHeaders } from "./check-call.ts";

describe("paths of calls", () => {
  it.each([
    ["/predict", "/predict"],
    ["/items/7", "/items/{id}"],
    ["/v1/models/churn:predict", "/v1/models/{model}:predict"],
    ["/items/a%20b", "/items/{id}"],
    ["/", "/"],
  ])("%s belongs to %s", (path, template) => {
    expect(checkCallPath(path, "", template)).toBeNull();
  });

  it.each([
    ["/../admin", "/{x}"],
    ["/items/%2e%2e", "/items/{id}"],
    ["/items/..", "/items/{id}"],
    ["/items/a%2fb", "/items/{id}"],
    ["/items/a%5cb", "/items/{id}"],
    ["/items/7?x=1", "/items/{id}"],
    ["/items/7#x", "/items/{id}"],
    ["/items/7 HTTP/1.1", "/items/{id}"],
    ["/items/7\r\nHost: evil", "/items/{id}"],
    ["\\\\evil\\x", "/{x}"],
    ["//evil.example/x", "/predict"],
    ["http://evil.example/predict", "/predict"],
    ["predict", "/predict"],
    ["/other", "/predict"],
    ["/items/7/secret", "/items/{id}"],
    ["/items/%zz", "/items/{id}"],
    ["/items/\ud800", "/items/{id}"],
    ["/items/%252e%252e", "/items/{id}"],
    ["/items/%25252fx", "/items/{id}"],
    ["/items/..;x", "/items/{id}"],
    ["/items/%2e%2e;x", "/items/{id}"],
    ["/items/a%0d%0aHost:%20x", "/items/{id}"],
    ["/items/gbt_abc", "/items/{id}"],
    ["/items/g%62t_abc", "/items/{id}"],
    ["/../admin", "/../admin"],
  ])("%j is not sent for %s", (path, template) => {
    expect(checkCallPath(path, "", template)).toEqual(expect.any(String));
  });

  it("what is no ASCII goes out encoded", () => {
    expect(checkCallPath("/prüfen/ä", "ort=München", "/prüfen/{id}")).toBeNull();
    expect(encodeRest("/prüfen/ä%20b")).toBe("/pr%C3%BCfen/%C3%A4%20b");
  });

  it("a query cannot carry a token of the portal", () => {
    expect(checkCallPath("/predict", "key=gbt_abc", "/predict")).toEqual(expect.any(String));
  });

  it("a query cannot smuggle a line", () => {
    expect(checkCallPath("/predict", "a=1\r\nx: y", "/predict")).toEqual(expect.any(String));
  });
});

describe("headers of calls", () => {
  it("keeps what a person may give and adds what the route asks for", () => {
    const result = checkCallHeaders(
      [
        { name: "Authorization", value: "Bearer own-key" },
        { name: "Content-Type", value: "application/json" },
        { name: "X-API-Key", value: "k" },
      ],
      [{ name: "X-Model", value: "churn" }],
    );
    expect(result).toMatchObject({
      kind: "ok",
      headers: {
        authorization: "Bearer own-key",
        "content-type": "application/json",
        "x-api-key": "k",
        "x-model": "churn",
      },
    });
  });

  it.each([
    "Cookie",
    "Host",
    "X-Forwarded-For",
    "Forwarded",
    "Connection",
    "Transfer-Encoding",
    "Content-Length",
    "Proxy-Authorization",
    "Sec-Fetch-Site",
    "Origin",
    "Referer",
  ])("%s never goes out", (name) => {
    const result = checkCallHeaders([{ name, value: "x" }], []);
    expect(result).toEqual({ kind: "ok", headers: { "user-agent": "gatebook-console" } });
  });

  it.each([
    "Accept",
    "apikey",
    "Api-Key",
    "Ocp-Apim-Subscription-Key",
    "X-Auth-Token",
    "X-Tenant",
    "Idempotency-Key",
    "OpenAI-Organization",
    "Seldon-Model",
    "ce-type",
    "Inference-Header-Content-Length",
    "traceparent",
  ])("%s goes out", (name) => {
    expect(checkCallHeaders([{ name, value: "x" }], [])).toMatchObject({
      kind: "ok",
      headers: { [name.toLowerCase()]: "x" },
    });
  });

  it.each([
    "X-Remote-User",
    "X-WebAuth-User",
    "X-Auth-Request-Email",
    "X-Goog-Authenticated-User-Email",
    "X-Ms-Client-Principal",
    "X-Amzn-Oidc-Data",
    "X-Consumer-Username",
    "X-Original-URL",
    "X-Rewrite-URL",
    "X-HTTP-Method-Override",
    "X-Envoy-Original-Path",
    "X-Middleware-Subrequest",
    "Impersonate-User",
    "Kubeflow-Userid",
    "__proto__",
    "constructor",
    "Destination",
  ])("%s is refused, and the refusal names it", (name) => {
    const result = checkCallHeaders([{ name, value: "x" }], []);
    expect(result.kind === "refused" && result.reason.includes(name)).toBe(true);
  });

  it("a token of the portal is refused wherever it stands", () => {
    expect(checkCallHeaders([{ name: "X-Anything", value: "Bearer gbt_abc" }], [])).toMatchObject({ kind: "refused" });
    const basic = `Basic ${Buffer.from("carla:gbt_abc").toString("base64")}`;
    expect(checkCallHeaders([{ name: "Authorization", value: basic }], [])).toMatchObject({ kind: "refused" });
  });

  it("a header cannot smuggle a line", () => {
    expect(checkCallHeaders([{ name: "X-A", value: "1\r\nX-B: 2" }], [])).toMatchObject({ kind: "refused" });
    expect(checkCallHeaders([{ name: "X-A\r\nX-B", value: "1" }], [])).toMatchObject({ kind: "refused" });
  });

  it("cookies and policies of the API do not reach the page", () => {
    expect(
      shownHeaders({
        "set-cookie": "a=1",
        "content-security-policy": "x",
        "content-type": "text/plain",
        "x-request-id": "7",
        "x-gatebook-upstream-status": "200",
        "x-frame-options": "ALLOWALL",
        refresh: "0",
        server: "x",
      }),
    ).toEqual({
      "content-type": "text/plain",
      "x-request-id": "7",
    });
  });

  it("headers that steer a proxy in front of the portal reach it under another name", () => {
    expect(shownHeaders({ "x-accel-redirect": "/secret", "x-sendfile": "/etc/passwd", "x-mood": "fine" })).toEqual({
      "x-upstream-x-accel-redirect": "/secret",
      "x-upstream-x-sendfile": "/etc/passwd",
      "x-upstream-x-mood": "fine",
    });
  });
});
