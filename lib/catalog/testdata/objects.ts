import type { DiscoveredApi, Discovery } from "../../model/index.ts";
import { discover } from "../discover.ts";
import { worldOf } from "./world.ts";

/** One document: `type` is "group/version Kind", `body` what stands beside the metadata, `more` further fields of those. */
export function object(type: string, name: string, body = "", more = ""): string {
  const [apiVersion = "", kind = ""] = type.split(" ");
  const metadata = `{ name: ${name}${more === "" ? "" : `, ${more}`} }`;
  return `\n---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: ${metadata}\n${body}\n`;
}

/** The fields that most objects are asked for, each with something that serves. */
type PodOptions = {
  readonly image?: string;
  readonly args?: string;
  readonly ports?: string;
  readonly env?: string;
  readonly ip?: string;
  readonly ready?: boolean;
  readonly more?: string;
  /** Of its only container: the flow form of a `state`. */
  readonly state?: string;
};

/** A pod of one container, with the labels in flow form. The digest of its image is made of its name. */
export function pod(name: string, labels: string, options: PodOptions = {}): string {
  const { image = "registry.test/app:1", args = "[uvicorn, app:app]", ip = "10.1.0.7", ready = true } = options;
  const container = `name: main, image: "${image}", args: ${args}, ports: ${options.ports ?? "[]"}, env: ${options.env ?? "[]"}`;
  const state = options.state === undefined ? `imageID: "${image}@sha256:${name}"` : `state: ${options.state}`;
  return object(
    "v1 Pod",
    name,
    `spec: { containers: [{ ${container} }] }
status: { phase: Running, podIP: ${ip}, conditions: [{ type: Ready, status: "${ready ? "True" : "False"}" }], containerStatuses: [{ name: main, ${state} }] }`,
    `labels: { ${labels} }${options.more === undefined ? "" : `, ${options.more}`}`,
  );
}

/** A Service of one port, with its selector in flow form. */
export function service(
  name: string,
  selector: string,
  options: { readonly ip?: string; readonly ports?: string; readonly more?: string; readonly spec?: string } = {},
): string {
  const { ip = "10.0.0.9", ports = "[{ name: http, port: 80, targetPort: 8000 }]" } = options;
  const spec = options.spec === undefined ? "" : `, ${options.spec}`;
  return object(
    "v1 Service",
    name,
    `spec: { clusterIP: ${ip}, selector: { ${selector} }, ports: ${ports}${spec} }`,
    options.more,
  );
}

/** A slice of a Service; each endpoint is "POD ADDRESS", with " unready" behind it where it is not ready. */
export function slice(
  name: string,
  endpoints: readonly string[],
  options: { readonly port?: number; readonly portName?: string; readonly more?: string } = {},
): string {
  const list = endpoints.map((text) => {
    const [target = "", address = "", word] = text.split(" ");
    return `{ addresses: ["${address}"], conditions: { ready: ${String(word !== "unready")} }, targetRef: { kind: Pod, name: ${target} } }`;
  });
  const more = options.more === undefined ? "" : `, ${options.more}`;
  return object(
    "discovery.k8s.io/v1 EndpointSlice",
    `${name}-slice`,
    `addressType: IPv4
ports: [{ name: ${options.portName ?? "http"}, port: ${String(options.port ?? 8000)} }]
endpoints: [${list.join(", ")}]`,
    `labels: { kubernetes.io/service-name: ${name} }${more}`,
  );
}

/** A Deployment, a StatefulSet or a ReplicaSet whose pods have these labels. */
export function workload(
  kind: "Deployment" | "StatefulSet" | "ReplicaSet",
  name: string,
  labels: string,
  options: { readonly replicas?: number; readonly status?: string; readonly more?: string } = {},
): string {
  const container = '{ name: main, image: "registry.test/app:1", args: [uvicorn, app:app] }';
  return object(
    `apps/v1 ${kind}`,
    name,
    `spec: { replicas: ${String(options.replicas ?? 1)}, template: { metadata: { labels: { ${labels} } }, spec: { containers: [${container}] } } }
status: ${options.status ?? "{ replicas: 1, readyReplicas: 1 }"}`,
    options.more,
  );
}

/** An ApiDescription of Services by name, or of targets in flow form. */
export function describing(
  name: string,
  targets: readonly string[],
  options: { readonly created?: string; readonly spec?: string; readonly namespace?: string } = {},
): string {
  return object(
    "gatebook.dev/v1alpha1 ApiDescription",
    name,
    `spec: { targetRefs: [${targets.map((own) => (own.startsWith("{") ? own : `{ kind: Service, name: ${own} }`)).join(", ")}]${options.spec === undefined ? "" : `, ${options.spec}`} }`,
    `namespace: ${options.namespace ?? "team"}, creationTimestamp: "${options.created ?? "2026-01-01T00:00:00Z"}"`,
  );
}

/** What a world comes to. */
export function found(yaml: string, options: Parameters<typeof worldOf>[1] = {}): Discovery {
  return discover(worldOf(yaml, options));
}

/** The API of a name; of all of them, as "Kind name", where there is none, so that a failing test tells what is there. */
export function apiOf(discovery: Discovery, name: string): DiscoveredApi {
  const api = discovery.apis.find(({ key }) => `${key.kind} ${key.name}` === name || key.name === name);
  if (api === undefined) throw new Error(`No API ${name}; there are: ${namesOf(discovery).join(", ")}`);
  return api;
}

/** The only API of a world. */
export function onlyApi(yaml: string, options: Parameters<typeof worldOf>[1] = {}): DiscoveredApi {
  const discovery = found(yaml, options);
  const [api, ...more] = discovery.apis;
  if (api === undefined || more.length > 0) throw new Error(`Not one API: ${namesOf(discovery).join(", ")}`);
  return api;
}

/** APIs as "Kind name", in their order. */
export function namesOf({ apis }: Discovery): readonly string[] {
  return apis.map(({ key }) => `${key.kind} ${key.name}`);
}

/** What was left out, with the reasons, by "Kind name". */
export function leftOutOf({ leftOut }: Discovery): Readonly<Record<string, string>> {
  return Object.fromEntries(leftOut.map(({ object: { kind, name }, reason }) => [`${kind} ${name}`, reason]));
}

/** Revisions as "NAME PERCENT", with " unready" behind those that are not ready. */
export function revisionsOf({ revisions }: DiscoveredApi): readonly string[] {
  return revisions.map(
    ({ name, trafficPercent, ready }) => `${name} ${String(trafficPercent)}${ready ? "" : " unready"}`,
  );
}

/** Where each revision is asked, as "NAME HOST:PORT …", or "NAME nowhere"; or why it is not: "NAME held REASON". */
export function probesOf({ probes }: DiscoveredApi): readonly string[] {
  return probes.map(({ revision, hold, addresses }) => {
    const places = addresses.map(
      ({ scheme, host, port }) => `${scheme === "https" ? "https://" : ""}${host}:${String(port)}`,
    );
    return `${revision} ${hold === null ? places.join(" ") || "nowhere" : `held ${hold}`}`;
  });
}

export function urlsOf({ endpoints }: DiscoveredApi, reach: "public" | "cluster" = "public"): readonly string[] {
  return endpoints.filter((endpoint) => endpoint.reach === reach).map(({ url }) => url);
}

export function factsOf({ facts }: DiscoveredApi): Readonly<Record<string, string>> {
  return Object.fromEntries(facts.map(({ name, value }) => [name, value]));
}
