import type { KubeObject } from "../kube/index.ts";
import type { Backend, HttpRouteObservation, RouteMatch, RouteRule } from "./observation.ts";
import { conditionsOf, fieldsOf, listOf, numberOf, textOf, textsOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";

/** One match of an HTTPRoute's rule. */
export function matchOf(raw: unknown): RouteMatch {
  const match = fieldsOf(raw);
  const path = fieldsOf(match["path"]);
  const headers = listOf(match["headers"], 16).map(fieldsOf);
  const isExact = (header: Fields): boolean => header["type"] === undefined || header["type"] === "Exact";
  return {
    type: path["type"] === "Exact" ? "exact" : path["type"] === "RegularExpression" ? "regex" : "prefix",
    path: textOf(path["value"]) ?? "/",
    method: textOf(match["method"]),
    headers: headers
      .filter(isExact)
      .map((header) => ({ name: textOf(header["name"]) ?? "", value: textOf(header["value"]) ?? "" })),
    narrowed: listOf(match["queryParams"]).length > 0 || headers.some((header) => !isExact(header)),
  };
}

function backendOf(raw: unknown, namespace: string): Backend {
  const backend = fieldsOf(raw);
  return {
    group: textOf(backend["group"]) ?? "",
    kind: textOf(backend["kind"]) ?? "Service",
    namespace: textOf(backend["namespace"]) ?? namespace,
    name: textOf(backend["name"]) ?? "",
    port: numberOf(backend["port"]),
    weight: Math.max(0, numberOf(backend["weight"]) ?? 1),
    subset: null,
  };
}

function rewriteOf(filters: readonly Fields[]): RouteRule["rewrite"] {
  for (const filter of filters) {
    if (filter["type"] !== "URLRewrite") continue;
    const path = fieldsOf(fieldsOf(filter["urlRewrite"])["path"]);
    // An empty replacement is allowed and means the root (GEP-726).
    if (path["type"] === "ReplacePrefixMatch")
      return { kind: "prefix", path: textOf(path["replacePrefixMatch"]) ?? "/" };
    if (path["type"] === "ReplaceFullPath") return { kind: "full", path: textOf(path["replaceFullPath"]) ?? "/" };
  }
  return null;
}

function ruleOf(raw: unknown, namespace: string, readMatch: (raw: unknown) => RouteMatch): RouteRule {
  const rule = fieldsOf(raw);
  const filters = listOf(rule["filters"], 16).map(fieldsOf);
  const matches = listOf(rule["matches"], 64).map(readMatch);
  return {
    matches: matches.length === 0 ? [readMatch({})] : matches,
    backends: listOf(rule["backendRefs"], 16).map((backend) => backendOf(backend, namespace)),
    rewrite: rewriteOf(filters),
    redirects: filters.some((filter) => filter["type"] === "RequestRedirect"),
    mirrors: filters.flatMap((filter) => {
      const mirror = fieldsOf(filter["requestMirror"])["backendRef"];
      return filter["type"] === "RequestMirror" && mirror !== undefined
        ? [{ ...backendOf(mirror, namespace), weight: 0 }]
        : [];
    }),
  };
}

function parentOf(raw: unknown, namespace: string): HttpRouteObservation["parents"][number] | null {
  const parent = fieldsOf(raw);
  const kind = textOf(parent["kind"]) ?? "Gateway";
  if (kind !== "Gateway" && kind !== "ListenerSet") return null;
  return {
    kind,
    namespace: textOf(parent["namespace"]) ?? namespace,
    name: textOf(parent["name"]) ?? "",
    sectionName: textOf(parent["sectionName"]),
    port: numberOf(parent["port"]),
  };
}

/** What all routes that hang on Gateways have in common: 32 parents, 64 host names, 64 rules of 64 matches. */
export function routeOf(
  object: KubeObject,
  readMatch: (raw: unknown) => RouteMatch,
): Pick<HttpRouteObservation, "parents" | "hostnames" | "rules" | "statuses"> {
  const spec = fieldsOf(object["spec"]);
  const namespace = object.metadata.namespace ?? "";
  const isThere = <Item>(item: Item | null): item is Item => item !== null;
  return {
    parents: listOf(spec["parentRefs"], 32)
      .map((raw) => parentOf(raw, namespace))
      .filter(isThere),
    hostnames: textsOf(spec["hostnames"], 64).map((host) => host.toLowerCase()),
    rules: listOf(spec["rules"], 64).map((rule) => ruleOf(rule, namespace, readMatch)),
    statuses: listOf(fieldsOf(object["status"])["parents"], 64).flatMap((raw) => {
      const status = fieldsOf(raw);
      const parent = parentOf(status["parentRef"], namespace);
      return parent === null
        ? []
        : [{ ...parent, conditions: conditionsOf(status["conditions"], object.metadata.generation) }];
    }),
  };
}
