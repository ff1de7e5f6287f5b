import { describe, expect, it } from "vitest";
import { ready } from "./testdata/kserve.ts";
import { factsOf, object, onlyApi, pod, probesOf, revisionsOf, service, slice, urlsOf } from "./testdata/objects.ts";
import { gateway, route } from "./testdata/world.ts";

describe("RayService", () => {
  const ray = (status: string, config = "applications: [{ name: fruit, route_prefix: /fruit }]", spec = ""): string =>
    object(
      "ray.io/v1 RayService",
      "fruit",
      `spec: { serveConfigV2: ${JSON.stringify(config)}${spec} }\nstatus: { ${status} }`,
    );
  const serve = (name: string, cluster: string, ip: string): string =>
    service(name, `ray.io/cluster: ${cluster}, ray.io/serve: "true"`, {
      ports: "[{ name: serve, port: 8000 }]",
      more: "labels: { ray.io/originated-from-cr-name: fruit, ray.io/originated-from-crd: RayService }",
    }) +
    pod(`${cluster}-p`, `ray.io/cluster: ${cluster}, ray.io/serve: "true"`, {
      image: "docker.io/rayproject/ray:2.51.0",
      args: "[]",
      ip,
    }) +
    slice(name, [`${cluster}-p ${ip}`], { portName: "serve" });
  const active = "activeServiceStatus: { rayClusterName: fruit-a }";
  const isReady = `conditions: [${ready}]`;

  it("has its active cluster as its revision, and its applications' prefixes are where to look", () => {
    const head = service("fruit-head-svc", "ray.io/cluster: fruit-a", {
      ports: "[{ name: dashboard, port: 8265 }, { name: serve, port: 8000 }]",
    });
    const api = onlyApi(
      ray(`${isReady}, ${active}`, "applications:\n- name: a\n  route_prefix: /a\n- name: b\n") +
        serve("fruit-serve-svc", "fruit-a", "10.1.0.1") +
        head,
    );
    expect(api).toMatchObject({
      server: "ray-serve",
      protocol: "rest",
      state: "ready",
      internalUrl: "http://fruit-serve-svc.team.svc.cluster.local:8000",
    });
    expect(revisionsOf(api)).toEqual(["fruit-a 100"]);
    expect(probesOf(api)).toEqual(["fruit-a 10.1.0.1:8000 10.0.0.9:8000"]);
    expect(api.probes[0]?.prefixes).toEqual(["/a", "/"]);
    expect(factsOf(api)["Applications"]).toBe("a at /a, b at /");
  });

  it("during an incremental upgrade both clusters are revisions with their own share", () => {
    const clusters =
      "activeServiceStatus: { rayClusterName: fruit-a, trafficRoutedPercent: 70 }, pendingServiceStatus: { rayClusterName: fruit-b, trafficRoutedPercent: 30 }";
    const split =
      gateway() +
      route(
        "fruit",
        "{ backendRefs: [{ name: fruit-a-serve-svc, port: 8000, weight: 70 }, { name: fruit-b-serve-svc, port: 8000, weight: 30 }] }",
      );
    const api = onlyApi(
      ray(`${isReady}, ${clusters}`) +
        serve("fruit-a-serve-svc", "fruit-a", "10.1.0.1") +
        serve("fruit-b-serve-svc", "fruit-b", "10.1.0.2") +
        split,
    );
    expect(api.key).toMatchObject({ kind: "RayService", name: "fruit" });
    expect(revisionsOf(api)).toEqual(["fruit-a 70", "fruit-b 30"]);
    expect(probesOf(api)).toEqual(["fruit-a 10.1.0.1:8000 10.0.0.9:8000", "fruit-b 10.1.0.2:8000 10.0.0.9:8000"]);
    expect(urlsOf(api)).toEqual(["http://models.test"]);
  });

  it.each([
    [
      "a pending cluster without a share takes over at once, and is no revision yet",
      `${active}, pendingServiceStatus: { rayClusterName: fruit-b }`,
      ["fruit-a 100"],
    ],
    [
      "a pending cluster that is named and has nothing takes nothing",
      "activeServiceStatus: { rayClusterName: fruit-a, trafficRoutedPercent: 100 }, pendingServiceStatus: { rayClusterName: fruit-b, trafficRoutedPercent: 0 }",
      ["fruit-a 100", "fruit-b 0"],
    ],
    [
      "the upgrade is over",
      "activeServiceStatus: { rayClusterName: fruit-b, trafficRoutedPercent: 100 }, pendingServiceStatus: {}",
      ["fruit-b 100"],
    ],
  ])("%s", (_, clusters, revisions) => {
    const names = onlyApi(ray(`${isReady}, ${clusters}`)).revisions.map(
      ({ name, trafficPercent }) => `${name} ${String(trafficPercent)}`,
    );
    expect(names).toEqual(revisions);
  });

  it("a Service that its owner names carries it", () => {
    const own = ray(`${isReady}, ${active}`, undefined, ", serveService: { metadata: { name: my-serve } }");
    const api = onlyApi(own + serve("my-serve", "fruit-a", "10.1.0.1"));
    expect(api.internalUrl).toBe("http://my-serve.team.svc.cluster.local:8000");
    expect(probesOf(api)).toEqual(["fruit-a 10.1.0.1:8000 10.0.0.9:8000"]);
  });

  it.each([
    ["its condition says so", isReady, "ready", null],
    ["older versions say that it runs", "serviceStatus: Running", "ready", null],
    [
      "older versions say anything else",
      "serviceStatus: WaitForServeDeploymentReady",
      "unready",
      "Ray says that it is WaitForServeDeploymentReady.",
    ],
    [
      "its condition says that it does not",
      'conditions: [{ type: Ready, status: "False", reason: ZeroServeEndpoints }]',
      "unready",
      "ZeroServeEndpoints.",
    ],
    ["nothing is said", "", "unknown", "Ray has not said anything about it yet."],
  ])("%s", (_, status, state, reason) => {
    expect(onlyApi(ray(status))).toMatchObject({ state, stateReason: reason });
  });

  it("an application that is not well is told, and a configuration that cannot be read costs nothing", () => {
    const status = `${isReady}, activeServiceStatus: { rayClusterName: fruit-a, applicationStatuses: { a: { status: RUNNING }, b: { status: DEPLOY_FAILED } } }`;
    expect(factsOf(onlyApi(ray(status)))["Not running"]).toBe("b is DEPLOY_FAILED");
    expect(onlyApi(ray(isReady, "applications: [")).probes[0]?.prefixes).toEqual([]);
  });
});
