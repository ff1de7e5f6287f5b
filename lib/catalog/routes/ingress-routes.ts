import type { PathMapping, PinnedAddress } from "../../model/index.ts";
import type { Backend, IngressObservation, RouteMatch, RouteRule } from "../../sources/index.ts";
import { annotation } from "../annotations.ts";
import type { FoundEndpoint } from "../assemble-api.ts";
import type { WorldIndex } from "../world-index.ts";
import { nameOf } from "../world-index.ts";
import { intersectHosts, keyOf, mappingOf, originOf, overrideOrigin, trimmed } from "./exposure.ts";
import type { ExposedBackend, Exposure } from "./exposure.ts";
import { kongRewrite } from "./kong.ts";
import { applyMiddlewares } from "./traefik-middlewares.ts";

const nginx = "nginx.ingress.kubernetes.io/";
const traefik = "traefik.ingress.kubernetes.io/router.";

/** ingress-nginx strips a prefix by a pattern and a group: "/churn(/|$)(.*)" with rewrite-target "/$2". */
function nginxMapping(route: IngressObservation, match: RouteMatch, other: RouteRule["rewrite"]): PathMapping | null {
  const target = route.annotations[`${nginx}rewrite-target`];
  const plain = /^([^()[\]*+?^$|\\]*?)(\(\/\|\$\)\(\.\*\)|\/?\(\.\*\))?$/.exec(match.path);
  if (plain === null) return null;
  const path = plain[1] ?? "/";
  const backend = target === undefined ? path : target.replace(/\$\d+$/, "");
  return mappingOf(
    { ...match, path: path === "" ? "/" : path },
    target === undefined
      ? other
      : { kind: plain[2] === undefined ? "full" : "prefix", path: backend === "" ? "/" : backend },
  );
}

/** Middlewares of Traefik's that an Ingress names: "namespace-name@kubernetescrd", a namespace may have hyphens too. */
function middlewaresOf(world: WorldIndex, route: IngressObservation): readonly string[] {
  const named = (route.annotations[`${traefik}middlewares`] ?? "").split(",").slice(0, 16);
  return named.flatMap((entry) => {
    const text = entry.trim().replace(/@kubernetescrd$/, "");
    for (let at = text.indexOf("-"); at !== -1; at = text.indexOf("-", at + 1)) {
      const name = nameOf(text.slice(0, at), text.slice(at + 1));
      if (world.middlewares.has(name)) return [name];
    }
    return [];
  });
}

function isSecure(route: IngressObservation, host: string | null): boolean {
  if (route.annotations[`${traefik}tls`] === "true") return true;
  if (route.annotations[`${traefik}entrypoints`] === "websecure") return true;
  return host !== null && route.tlsHosts.some((pattern) => intersectHosts(pattern.toLowerCase(), host) === host);
}

function isCanary(route: IngressObservation): boolean {
  return route.annotations[`${nginx}canary`] === "true";
}

function canaryWeight(route: IngressObservation): number {
  const weight = Number(route.annotations[`${nginx}canary-weight`] ?? 0);
  return Number.isFinite(weight) ? Math.min(100, Math.max(0, weight)) : 0;
}

/** ingress-nginx splits traffic by a second Ingress of the same host and path that is marked as a canary. */
function canariesOf(
  canaries: readonly IngressObservation[],
  route: IngressObservation,
  host: string | null,
  match: RouteMatch,
): readonly { readonly backend: Backend; readonly weight: number }[] {
  return canaries
    .filter((canary) => canary.namespace === route.namespace)
    .flatMap((canary) =>
      canary.hosts
        .filter((rule) => rule.host === host)
        .flatMap((rule) => rule.paths.filter((path) => path.match.path === match.path))
        .map(({ backend }) => ({ backend, weight: canaryWeight(canary) })),
    );
}

function backendsOf(
  main: Backend,
  canaries: readonly { readonly backend: Backend; readonly weight: number }[],
): readonly ExposedBackend[] {
  const taken = Math.min(
    100,
    canaries.reduce((sum, canary) => sum + canary.weight, 0),
  );
  return [{ backend: main, weight: 100 - taken }, ...canaries].map(({ backend, weight }) => ({
    service: nameOf(backend.namespace, backend.name),
    weight,
    sharePercent: weight,
    subset: null,
  }));
}

function exposePath(
  world: WorldIndex,
  route: IngressObservation,
  host: string | null,
  match: RouteMatch,
): { readonly endpoints: readonly FoundEndpoint[]; readonly problem: string | null } {
  const applied = applyMiddlewares(world, middlewaresOf(world, route), match.path);
  const mapping = nginxMapping(route, match, kongRewrite(route) ?? applied);
  if (mapping === null)
    return { endpoints: [], problem: `The path ${match.path.slice(0, 100)} is a pattern, which is no URL.` };
  const secure = isSecure(route, host);
  const balancer = route.loadBalancer[0];
  const scheme = secure ? "https" : "http";
  const port = secure ? 443 : (balancer?.ports.find((candidate) => candidate !== 443) ?? 80);
  const shown = host ?? balancer?.host ?? null;
  if (shown === null || shown.startsWith("*")) return { endpoints: [], problem: null };
  const address: PinnedAddress | null =
    balancer === undefined ? null : { scheme, host: balancer.host, port, hostHeader: host };
  const endpoint: FoundEndpoint = {
    url: `${originOf(scheme, shown, port)}${trimmed(mapping.publicPath)}`,
    reach: "public",
    paths: [mapping],
    requiredHeaders: [],
    address,
    via: keyOf(world, route),
    problem: balancer === undefined && world.confirming ? "No load balancer has taken this Ingress yet." : null,
  };
  const override = annotation(route.annotations, "public-url");
  return { endpoints: [override === undefined ? endpoint : overrideOrigin(endpoint, override)], problem: null };
}

/** What all Ingresses expose, path by path; canaries count with the Ingress that they are of. */
export function exposeIngresses(world: WorldIndex): readonly Exposure[] {
  const canaries = world.ingresses.filter(isCanary);
  return world.ingresses
    .filter((route) => !isCanary(route))
    .flatMap((route) =>
      route.hosts.flatMap(({ host, paths }) =>
        paths.map(({ match, backend }): Exposure => ({
          route,
          backends: backendsOf(backend, canariesOf(canaries, route, host, match)),
          ...exposePath(world, route, host, match),
          mirrors: [],
        })),
      ),
    );
}
