import { describe, expect, it } from "vitest";
import type { FoundEndpoint } from "../assemble-api.ts";
import { overrideUrl } from "./override-url.ts";

const patternProblem = "Its host *.corp.test is a pattern.";

/** An endpoint at a URL, with one mapping for each public path. */
function endpoint(url: string, ...publicPaths: readonly string[]): FoundEndpoint {
  const isPattern = url.includes("*");
  return {
    url,
    reach: "public",
    paths: publicPaths.map((publicPath) => ({
      match: "prefix",
      publicPath,
      backendPath: "/v1",
      methods: ["POST"],
      headers: [{ name: "x-model", value: "churn" }],
      except: [],
    })),
    requiredHeaders: [],
    address: { scheme: "http", host: "10.9.9.9", port: 80, hostHeader: new URL(url).hostname },
    via: { cluster: "test", namespace: "team", group: "", kind: "HTTPRoute", name: "churn" },
    isPattern,
    problem: isPattern ? patternProblem : null,
  };
}

describe("an address as an owner says it is from outside", () => {
  it.each([
    [
      "scheme and host are taken over",
      "http://models.test/churn",
      "https://api.corp.test",
      "https://api.corp.test/churn",
    ],
    ["the port too", "http://models.test:8080/churn", "http://api.corp.test:9000", "http://api.corp.test:9000/churn"],
    ["a scheme's own port is left out", "http://models.test", "https://api.corp.test:443", "https://api.corp.test"],
    [
      "a slash at the end says nothing",
      "http://models.test/churn",
      "https://api.corp.test/",
      "https://api.corp.test/churn",
    ],
    [
      "a path stands in front",
      "http://models.test/churn",
      "https://api.corp.test/ml/",
      "https://api.corp.test/ml/churn",
    ],
    ["in front of nothing too", "http://models.test", "https://api.corp.test/ml", "https://api.corp.test/ml"],
    ["but not twice", "http://models.test/ml/churn", "https://api.corp.test/ml", "https://api.corp.test/ml/churn"],
    ["nor where it is the very same", "http://models.test/ml", "https://api.corp.test/ml", "https://api.corp.test/ml"],
    ["it goes by segments", "http://models.test/mlops", "https://api.corp.test/ml", "https://api.corp.test/ml/mlops"],
    [
      "a query and a name are no part",
      "http://models.test/a",
      "https://me@api.corp.test/ml?x=1#y",
      "https://api.corp.test/ml/a",
    ],
    ["a pattern's host is one no longer", "http://*.corp.test/a", "https://api.corp.test", "https://api.corp.test/a"],
  ])("%s", (_, url, override, expected) => {
    expect(overrideUrl(endpoint(url, "/"), new URL(override)).url).toBe(expected);
  });

  it.each([
    ["stay where nothing stands in front", "https://api.corp.test", ["/", "/churn"]],
    ["move below what stands in front", "https://api.corp.test/ml", ["/ml", "/ml/churn"]],
    ["that are below it already stay", "https://api.corp.test/churn", ["/churn", "/churn"]],
    ["that only begin like it move", "https://api.corp.test/chu", ["/chu", "/chu/churn"]],
  ])("public paths %s", (_, override, expected) => {
    const { paths } = overrideUrl(endpoint("http://models.test", "/", "/churn"), new URL(override));
    expect(paths.map(({ publicPath }) => publicPath)).toEqual(expected);
  });

  it.each([
    ["moves along where the path moves", "https://api.corp.test/ml", "/ml/churn", ["/ml/churn/admin", "/ml/churn/x"]],
    ["stays where the path stays", "https://api.corp.test/churn", "/churn", ["/churn/admin", "/churn/x"]],
    ["stays where nothing stands in front", "https://api.corp.test", "/churn", ["/churn/admin", "/churn/x"]],
  ])("what others take away %s", (_, override, publicPath, expected) => {
    const before = endpoint("http://models.test/churn", "/churn");
    const except = [
      { match: "prefix", path: "/churn/admin", methods: ["GET"] },
      { match: "exact", path: "/churn/x", methods: null },
    ] as const;
    const taken = { ...before, paths: before.paths.map((mapping) => ({ ...mapping, except })) };
    const [mapping] = overrideUrl(taken, new URL(override)).paths;
    expect(mapping?.publicPath).toBe(publicPath);
    expect(mapping?.except).toEqual(except.map((own, index) => ({ ...own, path: expected[index] })));
  });

  it("what the workload sees, and what a call must carry, stays", () => {
    const before = endpoint("http://models.test/churn", "/churn");
    const { url, paths, ...rest } = overrideUrl(before, new URL("https://api.corp.test/ml"));
    expect(url).toBe("https://api.corp.test/ml/churn");
    expect(paths).toEqual(before.paths.map((mapping) => ({ ...mapping, publicPath: "/ml/churn" })));
    expect(rest).toEqual({ ...before, url: undefined, paths: undefined });
  });

  it("neither the endpoint nor the URL is changed", () => {
    const before = endpoint("http://models.test/churn", "/churn");
    const override = new URL("https://api.corp.test/ml");
    overrideUrl(before, override, true);
    expect(before).toEqual(endpoint("http://models.test/churn", "/churn"));
    expect(override.href).toBe("https://api.corp.test/ml");
  });
});

describe("a host that is a pattern", () => {
  const pattern = endpoint("http://*.corp.test/churn", "/churn");

  it("is said, and the portal calls the address by it", () => {
    expect(overrideUrl(pattern, new URL("https://churn.corp.test"))).toMatchObject({
      isPattern: false,
      problem: null,
      address: { scheme: "http", host: "10.9.9.9", port: 80, hostHeader: "churn.corp.test" },
    });
  });

  it("is not said by an admin's word of the gateway, which keeps the route's host", () => {
    expect(overrideUrl(pattern, new URL("https://gateway.corp.test:8443"), true)).toMatchObject({
      url: "https://*.corp.test:8443/churn",
      isPattern: true,
      problem: patternProblem,
      address: { hostHeader: "*.corp.test" },
    });
  });

  it("has no address where none was observed", () => {
    expect(overrideUrl({ ...pattern, address: null }, new URL("https://churn.corp.test")).address).toBeNull();
  });
});

it("a host that the route names is kept where only the gateway is spoken of", () => {
  const named = endpoint("http://models.test:8080/churn", "/churn");
  expect(overrideUrl(named, new URL("https://gateway.corp.test"), true)).toMatchObject({
    url: "https://models.test/churn",
    address: { hostHeader: "models.test" },
  });
});

it("another problem stays", () => {
  const broken = { ...endpoint("http://models.test/churn", "/churn"), problem: "Nobody answers." };
  expect(overrideUrl(broken, new URL("https://api.corp.test")).problem).toBe("Nobody answers.");
});
