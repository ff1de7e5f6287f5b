import type { KindRef } from "../kube/index.ts";
import { parseTraefikRule } from "./traefik-rule.ts";
import type { Backend, HostRouteObservation, HostRule } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, numberOf, textOf, textsOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "traefik.io",
  kind: "IngressRoute",
  plural: "ingressroutes",
  versions: ["v1alpha1"],
  namespaced: true,
};

/** Traefik's own entry points; others are named by its command line, which is not seen. */
const entryPoints: Readonly<
  Record<string, { readonly scheme: "http" | "https" | null; readonly port: number | null }>
> = {
  web: { scheme: "http", port: null },
  websecure: { scheme: "https", port: null },
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
    port: textOf(service["port"]) ?? numberOf(service["port"]),
    weight: Math.max(0, numberOf(service["weight"]) ?? 1),
    subset: null,
  };
}

/**
 * @source ingress-route
 * @kind traefik.io/v1alpha1 IngressRoute
 */
export const ingressRouteSource: Source<HostRouteObservation> = {
  kind,
  reads: "entryPoints, routes with their rule, services and middlewares, tls",
  limits:
    "64 routes. Rules of Host, PathPrefix, Path, Method and Header joined by && and ||; others are told, not guessed. No status.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const namespace = object.metadata.namespace ?? "";
    const points = textsOf(spec["entryPoints"], 16);
    const [point] = points.length === 0 ? ["web"] : points;
    const known = entryPoints[point ?? ""] ?? { scheme: null, port: null };
    const secure = spec["tls"] !== undefined && spec["tls"] !== null;
    let problem: string | null = null;
    const rules = listOf(spec["routes"], 64).flatMap((raw): readonly HostRule[] => {
      const route = fieldsOf(raw);
      const text = textOf(route["match"]) ?? "";
      const parsed = parseTraefikRule(text);
      if (parsed === null) {
        problem ??= `The rule ${text.slice(0, 200)} says more than a host and a path; no URL follows from it.`;
        return [];
      }
      return parsed.map((rule) => ({
        hosts: rule.hosts,
        scheme: secure ? "https" : (known.scheme ?? "http"),
        port: known.port,
        matches: rule.matches,
        backends: listOf(route["services"], 16).map((service) => traefikBackendOf(service, namespace)),
        rewrite: null,
        redirects: false,
        mirrors: [],
        middlewares: listOf(route["middlewares"], 16).flatMap((entry) => {
          const middleware = fieldsOf(entry);
          const name = textOf(middleware["name"]);
          return name === null ? [] : [`${textOf(middleware["namespace"]) ?? namespace}/${name}`];
        }),
      }));
    });
    return { ...observedOf(kind, object), gateways: [], internal: false, problem, rules };
  },
};
