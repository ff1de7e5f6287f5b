import { describe, expect, it } from "vitest";
import { createAddressGuard } from "../http/index.ts";
import { foundBounded } from "./testdata/bounds.ts";
import { apiOf, leftOutOf, object, pod, probesOf, service, slice, urlsOf } from "./testdata/objects.ts";
import { condition, gateway, model, route } from "./testdata/world.ts";

const to = (name: string): string => `backendRefs: [{ name: ${name}, port: 80 }]`;

const annotated = (name: string, value: string): string => `{ "gatebook.dev/${name}": ${JSON.stringify(value)} }`;

describe("words that point at what is nobody's to call", () => {
  const guard = createAddressGuard({ allowHosts: [], resolve: () => Promise.resolve(["169.254.169.254"]) });
  const inside = [
    "169.254.169.254",
    "127.0.0.1",
    "10.96.0.1",
    "localhost",
    "kubernetes.default.svc",
    "metadata.google.internal",
    "[::1]",
    "[fd00:ec2::254]",
  ];

  it.each(inside)("an openapi-url at %s is declared and never called", async (host) => {
    const url = `http://${host}/latest/meta-data`;
    const api = apiOf(foundBounded(model("churn", { annotations: annotated("openapi-url", url) })), "churn");
    expect(api.probes[0]).toMatchObject({ declared: { kind: "url", url } });
    expect(probesOf(api)).toEqual(["churn 10.1.0.7:8000 10.0.0.5:80"]);
    const verdict = await guard.check({ host: new URL(url).hostname, port: 80 }, "declared");
    expect(verdict.kind).toBe("refused");
  });

  it.each(inside)("a public-url at %s is where callers are sent, and never where the portal asks", (host) => {
    const yaml = model("churn", { annotations: annotated("public-url", `http://${host}/x`) });
    const api = apiOf(foundBounded(yaml + gateway() + route("r", `{ ${to("churn")} }`)), "churn");
    expect(urlsOf(api)).toEqual([`http://${host}/x`]);
    expect(api.endpoints[0]?.address).toEqual({
      scheme: "http",
      host: "10.9.9.9",
      port: 80,
      hostHeader: "models.test",
    });
    expect(probesOf(api)).toEqual(["churn 10.1.0.7:8000 10.0.0.5:80"]);
  });

  it.each([
    ["//169.254.169.254/latest", "//169.254.169.254/latest"],
    ["http://169.254.169.254/latest", "/http://169.254.169.254/latest"],
    ["@169.254.169.254/latest", "/@169.254.169.254/latest"],
    ["/../../latest", "/../../latest"],
    ["/x\r\nHost: metadata", "/x\r\nHost: metadata"],
  ])("an openapi-path %j stays a path of the workload's own address", (said, path) => {
    const api = apiOf(foundBounded(model("churn", { annotations: annotated("openapi-path", said) })), "churn");
    expect(api.probes[0]).toMatchObject({ declared: { kind: "path", path } });
    expect(probesOf(api)).toEqual(["churn 10.1.0.7:8000 10.0.0.5:80"]);
  });

  it.each([["0"], ["-1"], ["65536"], ["80.5"], ["1e3"], ["0x50"], ["ssh"], ["443@169.254.169.254"]])(
    "an openapi-port %s is the workload's own or none",
    (said) => {
      const api = apiOf(foundBounded(model("churn", { annotations: annotated("openapi-port", said) })), "churn");
      for (const { host, port } of api.probes.flatMap(({ addresses }) => addresses)) {
        expect(["10.1.0.7", "10.0.0.5"]).toContain(host);
        expect(Number.isInteger(port) && port > 0 && port < 65_536).toBe(true);
      }
    },
  );

  it.each([
    [
      "an alias",
      object("v1 Service", "a", "spec: { type: ExternalName, externalName: 169.254.169.254, ports: [{ port: 80 }] }"),
    ],
    [
      "an alias that its owner names",
      object(
        "v1 Service",
        "a",
        "spec: { type: ExternalName, externalName: metadata.test, ports: [{ port: 80 }] }",
        "annotations: { gatebook.dev/api: a }",
      ),
    ],
  ])("%s leads nowhere", (_, yaml) => {
    const discovery = foundBounded(yaml);
    expect(discovery.apis).toEqual([]);
    expect(leftOutOf(discovery)).toEqual({ "Service a": "It is an alias (ExternalName), not a workload." });
  });

  it.each([
    [
      "a model's own status",
      object(
        "serving.kserve.io/v1beta1 InferenceService",
        "a",
        `spec: { predictor: {} }\nstatus: { url: "http://169.254.169.254/", address: { url: "http://169.254.169.254" }, conditions: [${condition("Ready", "True")}] }`,
      ),
    ],
    [
      "a slice that somebody wrote",
      service("a", "", { ip: "169.254.169.254" }) + slice("a", ["a 169.254.169.254"]) + pod("a", "app: a"),
    ],
    [
      "a pod's own status",
      service("a", "app: a", { ip: "None" }) +
        pod("a", "app: a", { ip: "169.254.169.254" }) +
        slice("a", ["a 169.254.169.254"]),
    ],
    [
      "a pool's pod",
      object(
        "inference.networking.k8s.io/v1 InferencePool",
        "a",
        "spec: { selector: { matchLabels: { app: a } }, targetPorts: [{ number: 80 }] }",
      ) + pod("a", "app: a", { ip: "169.254.169.254" }),
    ],
  ])("what %s says is observed, and refused all the same", async (_, yaml) => {
    const { apis } = foundBounded(yaml);
    const addresses = apis.flatMap(({ probes }) => probes).flatMap((probe) => probe.addresses);
    for (const address of addresses) expect((await guard.check(address, "observed")).kind).toBe("refused");
  });

  it.each([
    [
      "a step of an InferenceGraph",
      object(
        "serving.kserve.io/v1alpha1 InferenceGraph",
        "a",
        'spec: { nodes: { root: { routerType: Sequence, steps: [{ serviceUrl: "http://169.254.169.254/latest" }] } } }',
      ),
    ],
    [
      "a backend of Envoy's",
      object(
        "gateway.envoyproxy.io/v1alpha1 Backend",
        "a",
        "spec: { endpoints: [{ ip: { address: 169.254.169.254, port: 80 } }] }",
      ),
    ],
    [
      "a destination of Istio's",
      object(
        "networking.istio.io/v1 VirtualService",
        "a",
        "spec: { hosts: [m.test], http: [{ route: [{ destination: { host: 169.254.169.254 } }] }] }",
      ),
    ],
    [
      "a name of a load balancer",
      object(
        "v1 Service",
        "a",
        "spec: { type: LoadBalancer, selector: { app: a }, ports: [{ name: http, port: 80 }] }\nstatus: { loadBalancer: { ingress: [{ ip: 10.8.8.8 }] } }",
        "annotations: { external-dns.alpha.kubernetes.io/hostname: 169.254.169.254, gatebook.dev/api: a }",
      ),
    ],
    [
      "a place of a model's file",
      object(
        "serving.kserve.io/v1beta1 InferenceService",
        "a",
        'spec: { predictor: { model: { storageUri: "http://169.254.169.254/latest" } } }',
      ),
    ],
  ])("%s is asked by nobody", (_, yaml) => {
    const { apis } = foundBounded(yaml + model("churn"));
    const asked = apis.flatMap(({ probes, endpoints }) => [
      ...probes.flatMap(({ addresses }) => addresses),
      ...endpoints.flatMap(({ address }) => address ?? []),
    ]);
    expect(asked.map(({ host }) => host)).not.toContain("169.254.169.254");
  });
});
