import type { KindRef } from "../kube/index.ts";
import type { Backend, HostRouteObservation, HostRule } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, numberOf, portNumberOf, textOf, textsOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import type { Source } from "./source.ts";
import { parseTraefikRule } from "./traefik-rule.ts";

const kind: KindRef = {
  group: "traefik.io",
  kind: "IngressRoute",
  plural: "ingressroutes",
  versions: ["v1alpha1"],
  namespaced: true,
};

/** A backend as IngressRoutes and TraefikServices write it. */
export function traefikBackendOf(raw: unknown, namespace: string): Backend {
  const service = fieldsOf(raw);
  const kindName = textOf(service["kind"]) ?? "Service";
  return {
    group: kindName === "TraefikService" ? "traefik.io" : "",
    kind: kindName,
    namespace: textOf(service["namespace"]) ?? namespace,
    name: textOf(service["name"]) ?? "",
    port: textOf(service["port"]) ?? portNumberOf(service["port"]),
    weight: Math.max(0, numberOf(service["weight"]) ?? 1),
    subset: null,
  };
}

/**
 * Entry points with the scheme that callers meet there. TLS on a route is only for the entry point that ends it; without any,
 * Traefik's own chart ends it at `websecure` all the same.
 */
function entryPointsOf(spec: Fields): readonly { readonly name: string; readonly scheme: "http" | "https" }[] {
  const secure = spec["tls"] !== undefined && spec["tls"] !== null;
  const named = textsOf(spec["entryPoints"], 16);
  if (named.length === 0) return [secure ? { name: "websecure", scheme: "https" } : { name: "web", scheme: "http" }];
  const used = secure && named.includes("websecure") ? named.filter((name) => name !== "web") : named;
  return used.map((name) => ({ name, scheme: secure || name === "websecure" ? "https" : "http" }));
}

/** Traefik's own default is the length of the rule in bytes; 0 asks for it. */
function priorityOf(route: Fields, rule: string): number {
  const said = numberOf(route["priority"]) ?? 0;
  return said === 0 ? new TextEncoder().encode(rule).length : said;
}

function rulesOf(raw: unknown, spec: Fields, namespace: string): readonly HostRule[] {
  const route = fieldsOf(raw);
  const text = textOf(route["match"]) ?? "";
  const shown = text.slice(0, 200);
  const ways = parseTraefikRule(text) ?? [
    {
      host: "*",
      match: { type: "prefix" as const, path: "/", methods: null, headers: [], narrowedBy: null },
      problem: "it uses what is not known",
    },
  ];
  const isBelow = listOf(spec["parentRefs"], 16).length > 0;
  return entryPointsOf(spec).flatMap((point) =>
    ways.map(({ host, match, problem }) => ({
      hosts: [host],
      scheme: point.scheme,
      port: null,
      entryPoint: point.name,
      priority: priorityOf(route, text),
      matches: [match],
      backends: listOf(route["services"], 16)
        .filter((service) => !(textOf(fieldsOf(service)["name"]) ?? "").includes("@"))
        .map((service) => traefikBackendOf(service, namespace)),
      rewrite: null,
      redirects: false,
      mirrors: [],
      gateways: null,
      delegate: null,
      problem:
        problem !== null
          ? `No URL follows from the rule ${shown}: ${problem}.`
          : isBelow
            ? "It lies below other IngressRoutes, which are not followed."
            : null,
      middlewares: listOf(route["middlewares"], 16).flatMap((entry) => {
        const middleware = fieldsOf(entry);
        const name = textOf(middleware["name"]);
        return name === null ? [] : [`${textOf(middleware["namespace"]) ?? namespace}/${name}`];
      }),
    })),
  );
}

/**
 * @source ingress-route
 * @kind traefik.io/v1alpha1 IngressRoute
 */
export const ingressRouteSource: Source<HostRouteObservation> = {
  kind,
  reads: "entryPoints, routes with their rule, priority, services and middlewares, tls",
  limits:
    "64 routes, 64 ways to meet a rule. Hosts, prefixes, paths, methods and headers are followed; patterns and parents are told. No status.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const namespace = object.metadata.namespace ?? "";
    return {
      ...observedOf(kind, object),
      gateways: [],
      internal: false,
      problem: null,
      isAdmitted: null,
      rules: listOf(spec["routes"], 64).flatMap((raw) => rulesOf(raw, spec, namespace)),
    };
  },
};
