import type { KubeObject } from "../kube/index.ts";
import type { Backend, HttpRouteObservation, Rewrite, RouteMatch, RouteRule } from "./observation.ts";
import { conditionsOf, fieldsOf, listOf, numberOf, portNumberOf, textOf, textsOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import { requiredHeaders } from "./required-headers.ts";
import { cleanHost, cleanPath } from "./route-text.ts";

const gatewayGroup = "gateway.networking.k8s.io";

/** Headers of a match; a pattern's value is known to the gateway alone. */
export function headerMatchesOf(raw: unknown): RouteMatch["headers"] {
  return requiredHeaders(
    listOf(raw, 16)
      .map(fieldsOf)
      .map((header) => ({
        name: textOf(header["name"]) ?? "",
        value: header["type"] === undefined || header["type"] === "Exact" ? textOf(header["value"]) : null,
      })),
  );
}

/** One match of an HTTPRoute's rule. */
export function matchOf(raw: unknown): RouteMatch {
  const match = fieldsOf(raw);
  const path = fieldsOf(match["path"]);
  const method = textOf(match["method"]);
  const parameters = listOf(match["queryParams"], 16).flatMap((entry) => textOf(fieldsOf(entry)["name"]) ?? []);
  return {
    type: path["type"] === "Exact" ? "exact" : path["type"] === "RegularExpression" ? "regex" : "prefix",
    path: path["type"] === "RegularExpression" ? (textOf(path["value"]) ?? "") : cleanPath(path["value"]),
    methods: method === null ? null : [method],
    headers: headerMatchesOf(match["headers"]),
    narrowedBy:
      parameters.length === 0
        ? null
        : `It is for calls with the query parameter ${parameters.join(", ").slice(0, 200)}.`,
  };
}

function backendOf(raw: unknown, namespace: string): Backend {
  const backend = fieldsOf(raw);
  return {
    group: textOf(backend["group"]) ?? "",
    kind: textOf(backend["kind"]) ?? "Service",
    namespace: textOf(backend["namespace"]) ?? namespace,
    name: textOf(backend["name"]) ?? "",
    port: portNumberOf(backend["port"]),
    weight: Math.max(0, numberOf(backend["weight"]) ?? 1),
    subset: null,
  };
}

function rewriteOf(filters: readonly Fields[]): Rewrite | null {
  for (const filter of filters) {
    if (filter["type"] !== "URLRewrite") continue;
    const path = fieldsOf(fieldsOf(filter["urlRewrite"])["path"]);
    // An empty replacement is allowed and means the root (GEP-726).
    if (path["type"] === "ReplacePrefixMatch") return { kind: "prefix", path: cleanPath(path["replacePrefixMatch"]) };
    if (path["type"] === "ReplaceFullPath") return { kind: "full", path: cleanPath(path["replaceFullPath"]) };
  }
  return null;
}

/** Filters may stand on backends instead of the rule: one word of all of them holds for the rule, different ones for none. */
function rewriteOfBackends(backends: readonly unknown[]): Rewrite | null {
  const rewrites = backends.map((raw) => rewriteOf(listOf(fieldsOf(raw)["filters"], 16).map(fieldsOf)));
  const [first = null] = rewrites;
  return rewrites.every((rewrite) => JSON.stringify(rewrite) === JSON.stringify(first))
    ? first
    : { kind: "unknown", reason: "Its backends are given different paths." };
}

/** Middlewares of Traefik's that a route of the Gateway API names as extensions. */
function middlewaresOf(filters: readonly Fields[], namespace: string): readonly string[] {
  return filters.flatMap((filter) => {
    const extension = fieldsOf(filter["extensionRef"]);
    const name = textOf(extension["name"]);
    return filter["type"] === "ExtensionRef" && extension["kind"] === "Middleware" && name !== null
      ? [`${namespace}/${name}`]
      : [];
  });
}

function ruleOf(raw: unknown, namespace: string, readMatch: (raw: unknown) => RouteMatch): RouteRule {
  const rule = fieldsOf(raw);
  const filters = listOf(rule["filters"], 16).map(fieldsOf);
  const matches = listOf(rule["matches"], 64).map(readMatch);
  const backends = listOf(rule["backendRefs"], 16);
  return {
    matches: matches.length === 0 ? [readMatch({})] : matches,
    backends: backends.map((backend) => backendOf(backend, namespace)),
    rewrite: rewriteOf(filters) ?? rewriteOfBackends(backends),
    redirects: filters.some((filter) => filter["type"] === "RequestRedirect"),
    mirrors: filters.flatMap((filter) => {
      const mirror = fieldsOf(filter["requestMirror"])["backendRef"];
      return filter["type"] === "RequestMirror" && mirror !== undefined
        ? [{ ...backendOf(mirror, namespace), weight: 0 }]
        : [];
    }),
    middlewares: middlewaresOf(filters, namespace),
  };
}

function parentOf(raw: unknown, namespace: string): HttpRouteObservation["parents"][number] | null {
  const parent = fieldsOf(raw);
  const kind = textOf(parent["kind"]) ?? "Gateway";
  const group = parent["group"] ?? gatewayGroup;
  if (group !== gatewayGroup || (kind !== "Gateway" && kind !== "ListenerSet")) return null;
  return {
    kind,
    namespace: textOf(parent["namespace"]) ?? namespace,
    name: textOf(parent["name"]) ?? "",
    sectionName: textOf(parent["sectionName"]),
    port: portNumberOf(parent["port"]),
  };
}

/** What all routes that hang on Gateways have in common: 32 parents, 64 host names, 64 rules of 64 matches. */
export function routeOf(
  object: KubeObject,
  readMatch: (raw: unknown) => RouteMatch,
): Pick<HttpRouteObservation, "parents" | "hostnames" | "rules" | "statuses"> {
  const spec = fieldsOf(object["spec"]);
  const namespace = object.metadata.namespace ?? "";
  return {
    // AIGatewayRoutes of the older version call their parents targets.
    parents: listOf(spec["parentRefs"] ?? spec["targetRefs"], 32).flatMap((raw) => parentOf(raw, namespace) ?? []),
    hostnames: textsOf(spec["hostnames"], 64).flatMap((host) => cleanHost(host) ?? []),
    rules: listOf(spec["rules"], 64).map((rule) => ruleOf(rule, namespace, readMatch)),
    statuses: listOf(fieldsOf(object["status"])["parents"], 64).flatMap((raw) => {
      const status = fieldsOf(raw);
      const parent = parentOf(status["parentRef"], namespace);
      return parent === null
        ? []
        : [
            {
              ...parent,
              controller: textOf(status["controllerName"]) ?? "",
              conditions: conditionsOf(status["conditions"], object.metadata.generation),
            },
          ];
    }),
  };
}
