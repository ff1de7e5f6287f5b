import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";
import { watchedKinds } from "../lib/sources/index.ts";
import type { TestCluster } from "../test/integration/cluster.ts";
import { isTestObject } from "../test/integration/cluster-client.ts";
import type { TestObject } from "../test/integration/cluster-client.ts";
import { makeDefinitions } from "../test/integration/definitions.ts";
import { waitUntil } from "../test/integration/wait-until.ts";
import { storedObject } from "./stored-objects.ts";

const scenarios = fileURLToPath(new URL("../test/integration/scenarios", import.meta.url));
const teams = 100;
const gateways = 10;
const gatewayApi = "gateway.networking.k8s.io";

/** One of the Services that are behind a route of their own. */
export type Routed = { readonly namespace: string; readonly name: string; readonly hostname: string };

export type Filled = {
  readonly routed: readonly Routed[];
  /** How many objects there are by "apiVersion=Kind", of the kinds that discovery reads. */
  readonly counts: ReadonlyMap<string, number>;
};

function padded(index: number, digits: number): string {
  return String(index).padStart(digits, "0");
}

function conditions(...types: readonly string[]): readonly unknown[] {
  return types.map((type) => ({
    type,
    status: "True",
    reason: type,
    message: `${type} by the controller of this bench.`,
    lastTransitionTime: "2026-01-01T00:00:00Z",
  }));
}

function gatewayObject(index: number): TestObject {
  return {
    apiVersion: `${gatewayApi}/v1`,
    kind: "Gateway",
    metadata: { name: `models-${String(index)}`, namespace: "gateways" },
    spec: {
      gatewayClassName: "bench",
      listeners: [{ name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "All" } } }],
    },
    status: {
      addresses: [{ type: "IPAddress", value: `10.200.0.${String(index + 1)}` }],
      conditions: conditions("Accepted", "Programmed"),
      listeners: [
        { name: "http", attachedRoutes: 1, supportedKinds: [], conditions: conditions("Accepted", "Programmed") },
      ],
    },
  };
}

/** A Service as clusters have it: a ClusterIP, which is written down, an EndpointSlice, and a route that leads to it. */
function routedObjects({ namespace, name, hostname }: Routed, index: number): readonly TestObject[] {
  const clusterIp = `10.0.${String(1 + Math.floor(index / 250))}.${String(1 + (index % 250))}`;
  const labels = {
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/part-of": namespace,
    "app.kubernetes.io/managed-by": "Helm",
  };
  const parentRef = {
    group: gatewayApi,
    kind: "Gateway",
    namespace: "gateways",
    name: `models-${String(index % gateways)}`,
  };
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace, labels },
      spec: {
        type: "ClusterIP",
        clusterIP: clusterIp,
        clusterIPs: [clusterIp],
        ipFamilies: ["IPv4"],
        ipFamilyPolicy: "SingleStack",
        internalTrafficPolicy: "Cluster",
        sessionAffinity: "None",
        selector: { "app.kubernetes.io/name": name },
        ports: [{ name: "http", port: 80, targetPort: 8080, protocol: "TCP" }],
      },
      status: { loadBalancer: {} },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IPAddress",
      metadata: {
        name: clusterIp,
        labels: {
          "ipaddress.kubernetes.io/ip-family": "IPv4",
          "ipaddress.kubernetes.io/managed-by": "ipallocator.k8s.io",
        },
      },
      spec: { parentRef: { group: "", resource: "services", namespace, name } },
    },
    {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: `${name}-x7k2p`, namespace, labels: { ...labels, "kubernetes.io/service-name": name } },
      addressType: "IPv4",
      ports: [{ name: "http", port: 8080, protocol: "TCP" }],
      // Not ready: nobody is asked for a description, which this bench leaves out.
      endpoints: [
        { addresses: [`10.201.${String(1 + Math.floor(index / 250))}.${String(1 + (index % 250))}`] },
        { addresses: [`10.202.${String(1 + Math.floor(index / 250))}.${String(1 + (index % 250))}`] },
      ].map((endpoint) => ({ ...endpoint, conditions: { ready: false, serving: false, terminating: false } })),
    },
    {
      apiVersion: `${gatewayApi}/v1`,
      kind: "HTTPRoute",
      metadata: { name, namespace, labels },
      spec: {
        parentRefs: [parentRef],
        hostnames: [hostname],
        rules: [
          {
            matches: [{ path: { type: "PathPrefix", value: "/v1" } }],
            filters: [
              { type: "URLRewrite", urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } } },
            ],
            backendRefs: [{ group: "", kind: "Service", name, port: 80, weight: 1 }],
          },
        ],
      },
      status: {
        parents: [
          { parentRef, controllerName: "bench.test/gateway", conditions: conditions("Accepted", "ResolvedRefs") },
        ],
      },
    },
  ];
}

/** Every object of the integration tests' scenarios, so that all kinds are there; at rest, so that no model is asked. */
function scenarioObjects(copy: number): readonly TestObject[] {
  const namespaced = new Set(watchedKinds.filter((kind) => kind.namespaced).map(({ kind }) => kind));
  return readdirSync(scenarios).flatMap((file) => {
    const namespace = `${path.basename(file, ".yaml")}-${padded(copy, 3)}`;
    const [, ...documents] = parseAllDocuments(readFileSync(path.join(scenarios, file), "utf8"));
    return documents
      .map((document): unknown => document.toJS())
      .filter(isTestObject)
      .filter(({ kind, metadata }) => namespaced.has(kind) && metadata.namespace === undefined)
      .map(({ status, ...object }) => ({
        ...object,
        ...(object.kind === "EndpointSlice" ? { endpoints: [] } : {}),
        ...(object.kind.includes("Route") || object.kind === "Gateway" ? { status } : {}),
        metadata: { ...object.metadata, namespace },
      }));
  });
}

type Size = { readonly services: number; readonly copies: number };

/** So many Services with a route each, and so many copies of every scenario, in namespaces of their own. */
export function makeObjects(size: Size): {
  readonly objects: readonly TestObject[];
  readonly routed: readonly Routed[];
} {
  const routed = Array.from({ length: size.services }, (_, index): Routed => {
    const name = `model-${padded(index, 5)}`;
    return { namespace: `team-${padded(index % teams, 3)}`, name, hostname: `${name}.models.test` };
  });
  const objects = [
    ...Array.from({ length: gateways }, (_, index) => gatewayObject(index)),
    ...routed.flatMap(routedObjects),
    ...Array.from({ length: size.copies }, (_, copy) => scenarioObjects(copy)).flat(),
  ];
  const namespaces = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  const made = [...namespaces].map((name): TestObject => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name },
    spec: { finalizers: ["kubernetes"] },
    status: { phase: "Active" },
  }));
  return { objects: [...made, ...objects], routed };
}

/** Writes all of it into a cluster that has none of it yet. */
export async function fillCluster(cluster: TestCluster, size: Size): Promise<Filled> {
  const definitions = makeDefinitions(watchedKinds);
  // All sixty at once are too much for an API server on a busy machine.
  for (const definition of definitions) await cluster.apply([definition]);
  const { objects, routed } = makeObjects(size);
  await cluster.writeStored(new Map(objects.map(storedObject)));
  const counts = new Map<string, number>();
  const paths = new Set<string>();
  for (const { apiVersion, kind } of objects) {
    const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
    const ref = watchedKinds.find((known) => known.group === group && known.kind === kind);
    if (ref === undefined) continue;
    counts.set(`${apiVersion}=${kind}`, (counts.get(`${apiVersion}=${kind}`) ?? 0) + 1);
    paths.add(`${group === "" ? "/api" : "/apis"}/${apiVersion}/${ref.plural}?limit=1`);
  }
  // A server that has just got new definitions answers 429 for a while.
  for (const path of paths)
    await waitUntil(`${path} to answer`, async () => (await cluster.send("GET", path)).status === 200, {
      timeoutMs: 60_000,
      everyMs: 200,
    });
  return { routed, counts };
}
