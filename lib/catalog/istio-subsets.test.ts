import { describe, expect, it } from "vitest";
import { object, onlyApi, pod, probesOf, revisionsOf, service, slice } from "./testdata/objects.ts";

describe("subsets that Istio names", () => {
  const pods =
    service("churn", "app: churn") +
    pod("churn-a", "app: churn, version: v1, pod-template-hash: aaa") +
    pod("churn-b", "app: churn, version: v2, pod-template-hash: bbb", { ip: "10.1.0.8" }) +
    slice("churn", ["churn-a 10.1.0.7", "churn-b 10.1.0.8"]);
  const rule = (...subsets: readonly string[]): string =>
    object(
      "networking.istio.io/v1 DestinationRule",
      "churn",
      `spec: { host: churn, subsets: [${subsets.map((name) => `{ name: ${name}, labels: { version: ${name} } }`).join(", ")}] }`,
    );
  const virtual = (http: string): string =>
    object(
      "networking.istio.io/v1 VirtualService",
      "churn",
      `spec: { hosts: [churn.corp.test], gateways: [edge], http: [${http}] }`,
    );
  const edge = object(
    "networking.istio.io/v1 Gateway",
    "edge",
    'spec: { selector: { istio: edge }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }',
  );
  const split =
    "{ route: [{ destination: { host: churn, subset: v1 }, weight: 90 }, { destination: { host: churn, subset: v2 }, weight: 10 }] }";

  it("are revisions of their Service, each asked at its own pods", () => {
    const api = onlyApi(pods + rule("v1", "v2") + virtual(split) + edge);
    expect(api.key).toMatchObject({ kind: "Service", name: "churn" });
    expect(revisionsOf(api)).toEqual(["v1 90", "v2 10"]);
    expect(probesOf(api)).toEqual(["v1 10.1.0.7:8000", "v2 10.1.0.8:8000"]);
    expect(api.lines[0]?.currentRevision).toBe("v1");
  });

  it("one that only a narrower rule names takes nothing of the whole", () => {
    const beta =
      "{ match: [{ headers: { x-beta: { exact: yes } } }], route: [{ destination: { host: churn, subset: v2 } }] }";
    const api = onlyApi(
      pods + rule("v1", "v2") + virtual(`${beta}, { route: [{ destination: { host: churn, subset: v1 } }] }`) + edge,
    );
    expect(revisionsOf(api)).toEqual(["v1 100", "v2 0"]);
  });

  it("one without pods is not ready", () => {
    const api = onlyApi(pods.replaceAll("version: v2", "version: v3") + rule("v1", "v2") + virtual(split) + edge);
    expect(revisionsOf(api)).toEqual(["v1 90", "v2 10 unready"]);
    expect(probesOf(api)).toEqual(["v1 10.1.0.7:8000", "v2 held not-ready"]);
  });
});
