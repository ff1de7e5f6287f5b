import type { KindRef } from "../kube/index.ts";
import type { Backend, HostRouteObservation, HostRule, RouteMatch } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, numberOf, textOf, textsOf } from "./read-fields.ts";
import { serviceOfHost } from "./service-host.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "networking.istio.io",
  kind: "VirtualService",
  plural: "virtualservices",
  versions: ["v1", "v1beta1"],
  namespaced: true,
};

function matchOf(raw: unknown): RouteMatch {
  const match = fieldsOf(raw);
  const uri = fieldsOf(match["uri"]);
  const exact = textOf(uri["exact"]);
  const prefix = textOf(uri["prefix"]);
  const headers = Object.entries(fieldsOf(match["headers"])).slice(0, 16);
  const exactHeaders = headers.flatMap(([name, value]) => {
    const text = textOf(fieldsOf(value)["exact"]);
    return text === null ? [] : [{ name, value: text }];
  });
  return {
    type: exact !== null ? "exact" : uri["regex"] !== undefined ? "regex" : "prefix",
    path: exact ?? prefix ?? textOf(uri["regex"]) ?? "/",
    method: textOf(fieldsOf(match["method"])["exact"]),
    headers: exactHeaders.filter(({ name }) => !name.startsWith(":")),
    narrowed:
      exactHeaders.length < headers.length ||
      Object.keys(fieldsOf(match["queryParams"])).length > 0 ||
      match["sourceLabels"] !== undefined ||
      match["sourceNamespace"] !== undefined,
  };
}

function backendOf(raw: unknown, namespace: string): Backend | null {
  const route = fieldsOf(raw);
  const destination = fieldsOf(route["destination"] ?? raw);
  const service = serviceOfHost(textOf(destination["host"]), namespace);
  if (service === null) return null;
  return {
    group: "",
    kind: "Service",
    ...service,
    port: numberOf(fieldsOf(destination["port"])["number"]),
    weight: Math.max(0, numberOf(route["weight"]) ?? 1),
    subset: textOf(destination["subset"]),
  };
}

function ruleOf(raw: unknown, hosts: readonly string[], namespace: string): HostRule {
  const rule = fieldsOf(raw);
  const rewrite = textOf(fieldsOf(rule["rewrite"])["uri"]);
  const matches = listOf(rule["match"], 64).map(matchOf);
  const isThere = (backend: Backend | null): backend is Backend => backend !== null;
  const mirrors = [
    ...(rule["mirror"] === undefined ? [] : [backendOf(rule["mirror"], namespace)]),
    ...listOf(rule["mirrors"], 8).map((mirror) => backendOf(mirror, namespace)),
  ];
  return {
    hosts,
    scheme: null,
    port: null,
    matches: matches.length === 0 ? [matchOf({})] : matches,
    backends: listOf(rule["route"], 16)
      .map((route) => backendOf(route, namespace))
      .filter(isThere),
    rewrite: rewrite === null ? null : { kind: "prefix", path: rewrite },
    redirects: rule["redirect"] !== undefined || rule["directResponse"] !== undefined,
    mirrors: mirrors.filter(isThere).map((mirror) => ({ ...mirror, weight: 0 })),
    middlewares: [],
  };
}

/**
 * @source virtual-service
 * @kind networking.istio.io/v1, v1beta1 VirtualService
 */
export const virtualServiceSource: Source<HostRouteObservation> = {
  kind,
  reads: "hosts, gateways, http routes with matches, rewrite, destinations, weights and mirrors",
  limits:
    "64 hosts, 64 routes of 64 matches. It has no reliable status; TLS and TCP routes are no APIs. Delegates are not followed.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const namespace = object.metadata.namespace ?? "";
    const named = textsOf(spec["gateways"], 32);
    const gateways = named.filter((name) => name !== "mesh");
    const hosts = textsOf(spec["hosts"], 64).map((host) => host.toLowerCase());
    return {
      ...observedOf(kind, object),
      gateways: gateways.map((name) => (name.includes("/") ? name : `${namespace}/${name}`)),
      internal: gateways.length === 0,
      problem: null,
      rules: listOf(spec["http"], 64).map((raw) => ruleOf(raw, hosts, namespace)),
    };
  },
};
