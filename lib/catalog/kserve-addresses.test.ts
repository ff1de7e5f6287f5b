import { describe, expect, it } from "vitest";
import { component, isvc } from "./testdata/kserve.ts";
import { onlyApi, urlsOf } from "./testdata/objects.ts";
import { gateway, route } from "./testdata/world.ts";

describe("addresses of an InferenceService", () => {
  it.each([
    ["a host of its own", "url: 'https://iris-team.corp.test'", "{}", ["https://iris-team.corp.test"]],
    [
      "a path, as pathTemplate has it",
      "url: 'https://ai.corp.test/serving/team/iris'",
      "{}",
      ["https://ai.corp.test/serving/team/iris"],
    ],
    [
      "the path that predicts is none of it",
      "url: 'http://iris.corp.test/v1/models/iris:predict'",
      "{}",
      ["http://iris.corp.test"],
    ],
    ["one of the cluster is none outside", "url: 'http://iris.team.svc.cluster.local'", "{}", []],
    [
      "hidden in Standard mode by its label",
      "url: 'http://iris.corp.test', deploymentMode: Standard",
      "{ networking.kserve.io/visibility: cluster-local }",
      [],
    ],
    [
      "hidden in Knative mode by Knative's label",
      "url: 'http://iris.corp.test', deploymentMode: Knative",
      "{ networking.knative.dev/visibility: cluster-local }",
      [],
    ],
    [
      "not hidden by the label of the other mode",
      "url: 'http://iris.corp.test', deploymentMode: Knative",
      "{ networking.kserve.io/visibility: cluster-local }",
      ["http://iris.corp.test"],
    ],
  ])("outside: %s", (_, status, labels, urls) => {
    expect(urlsOf(onlyApi(isvc(status, { more: `labels: ${labels}` })))).toEqual(urls);
  });

  it.each([
    ["its own", "address: { url: 'http://iris.team.svc.cluster.local' }", "http://iris.team.svc.cluster.local"],
    [
      "without the path that predicts",
      "address: { url: 'http://iris.team.svc.cluster.local/v2/models/iris/infer' }",
      "http://iris.team.svc.cluster.local",
    ],
    [
      "its address where it is local alone",
      "url: 'http://iris-predictor.team.svc.cluster.local'",
      "http://iris-predictor.team.svc.cluster.local",
    ],
    ["none where nothing is said", "url: 'http://iris.corp.test'", null],
  ])("inside: %s", (_, status, url) => {
    expect(onlyApi(isvc(status)).internalUrl).toBe(url);
  });

  it("a path in front is taken away on the way in", () => {
    const [endpoint] = onlyApi(isvc("url: 'https://ai.corp.test/serving/team/iris'")).endpoints;
    expect(endpoint?.paths).toMatchObject([{ publicPath: "/serving/team/iris", backendPath: "/" }]);
  });

  it.each([
    ["http://iris-team.example.com", true],
    ["http://iris-team.apps.example.com", true],
    ["http://iris-team.example.com.corp.test", false],
  ])("%s is fiction: %s", (url, isFiction) => {
    const [endpoint] = onlyApi(isvc(`url: '${url}'`)).endpoints;
    expect(endpoint?.problem).toBe(
      isFiction ? "KServe's ingress domain was never configured (example.com): this address is fiction." : null,
    );
  });

  it("the route that KServe made says port and way in, and that of a component is no address of the whole", () => {
    const made = "labels: { serving.kserve.io/inferenceservice: iris }";
    const to = (host: string, name: string): string =>
      route(name, "{ backendRefs: [{ name: iris-predictor, port: 80 }] }", { hosts: `[${host}]` }).replace(
        "generation: 1",
        `generation: 1, ${made}`,
      );
    const yaml =
      isvc("deploymentMode: Standard, url: 'http://iris-team.corp.test'") +
      component("iris-predictor", "predictor", "10.1.0.1") +
      gateway("[{ name: http, port: 8080, protocol: HTTP }]") +
      to("iris-team.corp.test", "iris") +
      to("iris-predictor-team.corp.test", "iris-predictor");
    const [endpoint, ...more] = onlyApi(yaml).endpoints.filter(({ reach }) => reach === "public");
    expect(more).toEqual([]);
    expect(endpoint).toMatchObject({
      url: "http://iris-team.corp.test:8080",
      via: { kind: "HTTPRoute", name: "iris" },
      address: { host: "10.9.9.9", port: 8080, hostHeader: "iris-team.corp.test" },
    });
  });

  it("TLS that ends in front of the gateway is the status's word, and its route the way in", () => {
    const yaml =
      isvc("deploymentMode: Standard, url: 'https://iris-team.corp.test'") +
      component("iris-predictor", "predictor", "10.1.0.1") +
      gateway() +
      route("iris", "{ backendRefs: [{ name: iris-predictor, port: 80 }] }", { hosts: "[iris-team.corp.test]" });
    const [endpoint, ...more] = onlyApi(yaml).endpoints.filter(({ reach }) => reach === "public");
    expect(more).toEqual([]);
    expect(endpoint).toMatchObject({
      url: "https://iris-team.corp.test",
      address: { scheme: "http", host: "10.9.9.9", port: 80 },
    });
  });
});
