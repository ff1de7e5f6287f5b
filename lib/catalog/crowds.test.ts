import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import type { DiscoveredApi, Discovery } from "../model/index.ts";
import { discover } from "./discover.ts";
import { expectBounded } from "./testdata/bounds.ts";
import { apiOf, urlsOf } from "./testdata/objects.ts";
import { acceptedBy, gateway, model, route, worldOfObjects } from "./testdata/world.ts";
import type { Raw } from "./testdata/world.ts";

/** Items that are made by their number. */
function many<Item>(count: number, make: (index: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** One object; `type` is "group/version Kind". YAML of thousands of them would take longer than what is tested. */
function made(type: string, name: string, body: object, metadata: object = {}): Raw {
  const [apiVersion = "", kind = ""] = type.split(" ");
  return { apiVersion, kind, metadata: { name, ...metadata }, ...body };
}

const written = (yaml: string): readonly Raw[] =>
  parseAllDocuments(yaml)
    .map((document) => document.toJS() as Raw | null)
    .filter((raw) => raw !== null);

function bounded(objects: readonly Raw[]): Discovery {
  const world = worldOfObjects(objects);
  const discovery = discover(world);
  expectBounded(discovery, world);
  return discovery;
}

const churn = written(model("churn"));
const [plainRoute] = written(route("r", "{ backendRefs: [{ name: churn, port: 80 }] }"));
const [accepting] = written(`spec: {}${acceptedBy("gw")}`);
const gateways = written(gateway());
const pathsOf = ({ endpoints }: DiscoveredApi): number => endpoints.reduce((sum, { paths }) => sum + paths.length, 0);

/** An HTTPRoute that its gateway has accepted. */
function httpRoute(name: string, spec: object): Raw {
  return made(
    "gateway.networking.k8s.io/v1 HTTPRoute",
    name,
    { ...accepting, spec: { parentRefs: [{ name: "gw" }], hostnames: ["models.test"], ...spec } },
    { generation: 1 },
  );
}

const backendRefs = [{ name: "churn", port: 80 }];
const path = (index: number): object => ({ path: { value: `/p${String(index)}` } });
const istioGateway = made("networking.istio.io/v1 Gateway", "gw", {
  spec: { selector: { istio: "in" }, servers: [{ port: { number: 80, protocol: "HTTP" }, hosts: ["*"] }] },
});
const virtual = (name: string, hosts: readonly string[], body: (rule: number) => object): Raw =>
  made("networking.istio.io/v1 VirtualService", name, {
    spec: {
      ...(hosts.length === 0 ? {} : { hosts, gateways: ["gw"] }),
      http: many(100, (rule) => ({
        match: many(20, (index) => ({ uri: { prefix: `/p${String(rule)}/${String(index)}` } })),
        ...body(rule),
      })),
    },
  });
const toChurn = (): object => ({ route: [{ destination: { host: "churn", port: { number: 80 } } }] });

describe("routes", () => {
  it("of five hundred hosts of one model two hundred addresses are shown, and that is said", () => {
    const routes = many(500, (index) =>
      httpRoute(`r${String(index)}`, { hostnames: [`h${String(index)}.test`], rules: [{ backendRefs }] }),
    );
    const api = apiOf(bounded([...churn, ...gateways, ...routes]), "churn");
    expect(api.endpoints).toHaveLength(200);
    expect(api.stateReason).toBe("It has 501 addresses; the first 200 are shown.");
    expect(api.provenance).toHaveLength(60);
  });

  it("of five hundred routes that say the same two hundred are shown", () => {
    const routes = many(500, (index) => httpRoute(`r${String(index)}`, { rules: [{ backendRefs }] }));
    const api = apiOf(bounded([...churn, ...gateways, ...routes]), "churn");
    expect(new Set(urlsOf(api))).toEqual(new Set(["http://models.test"]));
    expect(api.endpoints).toHaveLength(200);
  });

  it.each([
    [
      "matches of an HTTPRoute's rule",
      [...gateways, httpRoute("r", { rules: [{ matches: many(5_000, path), backendRefs }] })],
    ],
    [
      "rules of an HTTPRoute",
      [
        ...gateways,
        httpRoute("r", { rules: many(5_000, (index) => ({ matches: many(64, () => path(index)), backendRefs })) }),
      ],
    ],
    [
      "headers of a match",
      [
        ...gateways,
        httpRoute("r", {
          rules: [
            {
              matches: [{ headers: many(5_000, (index) => ({ name: `h${String(index)}`, value: "1" })) }],
              backendRefs,
            },
          ],
        }),
      ],
    ],
    [
      "host names",
      [
        ...gateways,
        httpRoute("r", { hostnames: many(5_000, (index) => `h${String(index)}.test`), rules: [{ backendRefs }] }),
      ],
    ],
    [
      "parents and words on them",
      [
        ...gateways,
        {
          ...httpRoute("r", { parentRefs: many(5_000, () => ({ name: "gw" })), rules: [{ backendRefs }] }),
          status: { parents: many(5_000, () => parentsOf(accepting)[0]) },
        },
      ],
    ],
    [
      "listeners",
      [
        made("gateway.networking.k8s.io/v1 Gateway", "gw", {
          ...gateways[0],
          spec: {
            listeners: many(5_000, (index) => ({ name: `l${String(index)}`, port: index + 1, protocol: "HTTP" })),
          },
        }),
        ...(plainRoute === undefined ? [] : [plainRoute]),
      ],
    ],
    [
      "paths of an Ingress",
      [
        made("networking.k8s.io/v1 Ingress", "i", {
          spec: {
            rules: [
              {
                host: "m.test",
                http: {
                  paths: many(5_000, (index) => ({
                    path: `/p${String(index)}`,
                    pathType: "Prefix",
                    backend: { service: { name: "churn", port: { number: 80 } } },
                  })),
                },
              },
            ],
          },
          status: { loadBalancer: { ingress: [{ ip: "10.8.8.8" }] } },
        }),
      ],
    ],
    ["matches of a VirtualService", [istioGateway, virtual("v", ["m.test"], toChurn)]],
    [
      "matches of a VirtualService and of those that it delegates to",
      [
        istioGateway,
        virtual("root", ["m.test"], () => ({ delegate: { name: "leaf" } })),
        virtual("leaf", [], toChurn),
        virtual("circle", ["c.test"], () => ({ delegate: { name: "circle" } })),
      ],
    ],
    [
      "routes of an IngressRoute",
      [
        made("traefik.io/v1alpha1 IngressRoute", "t", {
          spec: {
            routes: many(1_000, (index) => ({
              match: `Host(\`m.test\`) && (${many(20, (own) => `Path(\`/p${String(index)}/${String(own)}\`)`).join("||")})`,
              services: [{ name: "churn", port: 80 }],
            })),
          },
        }),
      ],
    ],
  ])("of thousands of %s some are shown", (_, objects) => {
    const api = apiOf(bounded([...churn, ...objects]), "churn");
    expect(urlsOf(api).length).toBeGreaterThan(0);
    expect(api.endpoints.length).toBeLessThanOrEqual(200);
    expect(pathsOf(api)).toBeLessThanOrEqual(4_096);
    for (const { requiredHeaders } of api.endpoints) expect(requiredHeaders.length).toBeLessThanOrEqual(64);
  });
});

function parentsOf(own: unknown): readonly unknown[] {
  const { status } = own as { status: { parents: readonly unknown[] } };
  return status.parents;
}

describe("workloads", () => {
  const service = (spec: object, metadata: object = {}): Raw =>
    made(
      "v1 Service",
      "a",
      { spec: { clusterIP: "10.0.0.9", selector: { app: "a" }, ports: [{ name: "http", port: 80 }], ...spec } },
      metadata,
    );
  const pod = (index: number, labels: object = { app: "a", "pod-template-hash": "x" }): Raw =>
    made(
      "v1 Pod",
      `a${String(index)}`,
      { spec: { containers: [{ image: "registry.test/app:1", args: ["uvicorn", "app:app"] }] } },
      { labels },
    );
  const slice = (count: number): Raw =>
    made(
      "discovery.k8s.io/v1 EndpointSlice",
      "a-slice",
      {
        ports: [{ name: "http", port: 8000 }],
        endpoints: many(count, (index) => ({
          addresses: [`10.1.${String(index >> 8)}.${String(index & 255)}`],
          targetRef: { kind: "Pod", name: `a${String(index)}` },
        })),
      },
      { labels: { "kubernetes.io/service-name": "a" } },
    );

  it.each([
    ["ports", service({ ports: many(5_000, (index) => ({ name: `p${String(index)}`, port: index + 1 })) })],
    [
      "labels of a selector",
      service({ selector: Object.fromEntries(many(5_000, (index) => [`k${String(index)}`, "v"])) }),
    ],
    [
      "owners",
      service(
        {},
        { ownerReferences: many(5_000, (index) => ({ apiVersion: "v1", kind: "K", name: `n${String(index)}` })) },
      ),
    ],
    ["addresses of a load balancer", balanced(service({ type: "LoadBalancer" }))],
  ])("a Service of thousands of %s is read to an end", (_, own) => {
    const policy = made("networking.k8s.io/v1 NetworkPolicy", "closed", { spec: { podSelector: {} } });
    const discovery = bounded([own, pod(0), slice(1), policy]);
    expect(discovery.apis).toHaveLength(1);
  });

  it("of a thousand pods three are asked, and the Service", () => {
    const api = apiOf(bounded([service({}), ...many(1_000, (index) => pod(index)), slice(1_000)]), "a");
    expect(api.probes.map(({ addresses }) => addresses.length)).toEqual([4]);
  });

  it("of three hundred templates a hundred are shown and asked, the current one among them, and that is said", () => {
    const pods = many(300, (index) => pod(index, { app: "a", "pod-template-hash": `x${String(index)}` }));
    const api = apiOf(bounded([service({}), ...pods, slice(300)]), "a");
    expect([api.revisions.length, api.probes.length]).toEqual([100, 100]);
    expect(api.revisions.map(({ name }) => name)).toContain(api.lines[0]?.currentRevision);
    expect(api.stateReason).toBe("It has 300 revisions; 100 with the most calls are shown.");
    expect(api.provenance.length).toBeLessThanOrEqual(60);
  });

  it("of thousands of objects that are no APIs two thousand are reported", () => {
    const databases = many(2_500, (index) =>
      made("v1 Service", `d${String(index)}`, { spec: { ports: [{ name: "db", port: 5432 }] } }),
    );
    expect(bounded(databases).leftOut).toHaveLength(2_000);
  });

  it("of a thousand candidates, canaries and predictors of one model sixteen count", () => {
    const canary = many(1_000, (index) => ({ name: `c${String(index)}`, trafficPercent: 50, predictor: {} }));
    const discovery = bounded([
      made("serving.kserve.io/v1beta1 InferenceService", "kserve", { spec: { predictor: {}, canary } }),
      made("machinelearning.seldon.io/v1 SeldonDeployment", "seldon", {
        spec: { predictors: many(1_000, (index) => ({ name: `p${String(index)}`, traffic: 50 })) },
      }),
    ]);
    expect(apiOf(discovery, "kserve").revisions.length).toBeLessThanOrEqual(17);
    expect(apiOf(discovery, "seldon").revisions.length).toBeLessThanOrEqual(17);
  });
});

function balanced(own: Raw): Raw {
  const ingress = many(5_000, (index) => ({ hostname: `l${String(index)}.test` }));
  return { ...own, status: { loadBalancer: { ingress } } } as Raw;
}
