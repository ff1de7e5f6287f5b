import type { PinnedAddress } from "../../model/index.ts";
import type { Backend, IngressObservation, IngressPath, RouteMatch } from "../../sources/index.ts";
import type { WorldIndex } from "../world-index.ts";
import { nameOf, sayService } from "../names.ts";
import { buildEndpoints } from "./build-endpoints.ts";
import type { Place } from "./build-endpoints.ts";
import type { ExposedBackend, Exposure } from "./exposure.ts";
import { readIngressPath, traefikPriority } from "./ingress-paths.ts";
import { isKongRoute, kongHosts, kongIsSecure, kongMatch, kongPlugins, kongRewrite } from "./kong.ts";
import { judgeBackends } from "./resolve-backends.ts";
import { applyMiddlewares, judgeMiddlewares } from "./traefik-middlewares.ts";

const nginx = "nginx.ingress.kubernetes.io/";
const traefik = "traefik.ingress.kubernetes.io/router.";

/** Middlewares of Traefik's that an Ingress names: "namespace-name@kubernetescrd", a namespace may have hyphens too. */
function middlewaresOf(world: WorldIndex, route: IngressObservation): readonly string[] {
  const named = (route.annotations[`${traefik}middlewares`] ?? "").split(",").slice(0, 16);
  return named.flatMap((entry) => {
    const text = entry.trim();
    if (text === "" || !/@kubernetescrd$|^[^@]+$/.test(text)) return [];
    const bare = text.replace(/@kubernetescrd$/, "");
    for (let at = bare.indexOf("-"); at !== -1; at = bare.indexOf("-", at + 1)) {
      const name = nameOf(bare.slice(0, at), bare.slice(at + 1));
      if (world.middlewares.has(name)) return [name];
    }
    return [bare];
  });
}

/** A wildcard of an Ingress stands for one label. */
function covers(pattern: string, host: string): boolean {
  return pattern === host || (pattern.startsWith("*.") && pattern.slice(2) === host.slice(host.indexOf(".") + 1));
}

function isSecure(route: IngressObservation, host: string | null): boolean {
  if (route.annotations[`${traefik}tls`] === "true" || kongIsSecure(route)) return true;
  if (route.annotations[`${traefik}entrypoints`] === "websecure") return true;
  return host !== null && route.tlsHosts.some((pattern) => covers(pattern, host));
}

/** True for an Ingress that takes a share of what another one of its namespace has. */
export function isCanary(route: IngressObservation): boolean {
  return route.annotations[`${nginx}canary`] === "true";
}

/** Its share in percent, of a total that may be another one than 100. */
function canaryPercent(route: IngressObservation): number {
  const number = (name: string, otherwise: number): number => {
    const value = Number(route.annotations[`${nginx}${name}`] ?? otherwise);
    return Number.isFinite(value) && value >= 0 ? value : otherwise;
  };
  const total = number("canary-weight-total", 100);
  return total === 0 ? 0 : Math.min(100, (number("canary-weight", 0) / total) * 100);
}

/** Calls that go to a canary by a header or a cookie are no share of all. */
type Canary = { readonly route: IngressObservation; readonly backend: Backend; readonly percent: number };

/** ingress-nginx splits traffic by a second Ingress of the same host and path that is marked as a canary. */
function canariesOf(canaries: readonly IngressObservation[], host: string | null, path: string): readonly Canary[] {
  return canaries.flatMap((canary) =>
    canary.hosts
      .filter((rule) => rule.host === host)
      .flatMap((rule) => rule.paths.filter((own) => own.path === path))
      .map(({ backend }) => ({ route: canary, backend, percent: canaryPercent(canary) })),
  );
}

function backendsOf(world: WorldIndex, main: Backend, canaries: readonly Canary[]): readonly ExposedBackend[] {
  const taken = Math.min(
    100,
    canaries.reduce((sum, { percent }) => sum + percent, 0),
  );
  return [{ backend: main, percent: 100 - taken }, ...canaries].map(({ backend, percent }) => {
    const service = nameOf(backend.namespace, backend.name);
    return {
      service,
      port: backend.port,
      weight: percent,
      sharePercent: Math.round(percent * 10) / 10,
      subset: null,
      isOutside: false,
      isRefused: false,
      problem: world.services.has(service) ? null : `${sayService(service)} does not exist.`,
    };
  });
}

function hostsOf(route: IngressObservation, host: string | null): readonly (string | null)[] {
  if (host === null) return [null];
  const aliases = (route.annotations[`${nginx}server-alias`] ?? "")
    .split(",")
    .map((alias) => alias.trim().toLowerCase())
    .filter((alias) => /^[a-z0-9][a-z0-9.-]*$/.test(alias));
  return [...new Set([host, ...aliases, ...kongHosts(route)])].slice(0, 16);
}

/** Where one host of it is served; without a host, at every address of its load balancer. */
function placesOf(route: IngressObservation, host: string | null): readonly Place[] {
  const secure = isSecure(route, host);
  const scheme = secure ? "https" : "http";
  const [first] = route.loadBalancer;
  const at = (balancer: IngressObservation["loadBalancer"][number] | undefined, shown: string): Place => {
    const port = secure ? 443 : (balancer?.ports.find((candidate) => candidate !== 443) ?? 80);
    const address: PinnedAddress | null =
      balancer === undefined ? null : { scheme, host: balancer.host, port, hostHeader: host };
    return { scheme, host: shown, port, address, outside: null, isNamed: host !== null };
  };
  return host === null ? route.loadBalancer.map((balancer) => at(balancer, balancer.host)) : [at(first, host)];
}

function isRedirect(route: IngressObservation): boolean {
  return ["permanent-redirect", "temporal-redirect"].some((name) => route.annotations[`${nginx}${name}`] !== undefined);
}

function pendingOf(world: WorldIndex, route: IngressObservation, host: string | null): string | null {
  if (route.loadBalancer.length > 0) return null;
  if (world.confirming) return "No load balancer has taken this Ingress yet.";
  return host === null ? "It names no host, and in a manifest no load balancer is known." : null;
}

function exposePath(
  world: WorldIndex,
  route: IngressObservation,
  host: string | null,
  path: IngressPath & { readonly backend: Backend },
  canaries: readonly Canary[],
  rule: number,
): Exposure {
  const names = middlewaresOf(world, route);
  const middlewares = judgeMiddlewares(world, names, isSecure(route, host) ? "https" : "http");
  // A redirect answers by itself: all that counts of it is what it takes away from wider matches.
  const backends = middlewares.redirects || isRedirect(route) ? [] : backendsOf(world, path.backend, canaries);
  const { problem, isDead } = judgeBackends(backends);
  const service = world.services.get(nameOf(path.backend.namespace, path.backend.name));
  const plugins = kongPlugins(world, [route, service]);
  const read = readIngressPath(route, path);
  const pending = pendingOf(world, route, host);
  const broken = plugins.problem ?? middlewares.problem;
  const grpc = (route.annotations[`${nginx}backend-protocol`] ?? "").toUpperCase().startsWith("GRPC");
  const kong = isKongRoute(route) || isKongRoute(service ?? route);
  const built =
    read.kind === "none" || isDead || middlewares.isMissing
      ? { endpoints: [], problem: read.kind === "none" ? read.reason : null }
      : buildEndpoints(
          world,
          route,
          hostsOf(route, host).flatMap((own) => placesOf(route, own)),
          {
            matches: [kong ? kongMatch(route, read.match) : read.match],
            rewriteOf: (match: RouteMatch) =>
              read.rewrite ??
              (kong ? kongRewrite(route, service, match) : null) ??
              applyMiddlewares(world, names, match.path),
            isGrpc: grpc,
            problem: problem ?? broken ?? pending,
          },
        );
  return {
    route,
    rule,
    backends,
    endpoints: built.endpoints,
    priority: traefikPriority(route, host, path),
    problem: problem ?? built.problem ?? broken ?? pending,
    mirrors: [],
    isInternal: false,
    isGrpc: grpc,
    facts: plugins.facts,
    beside: canaries.map((canary) => canary.route),
  };
}

/**
 * What an Ingress exposes, path by path. `canaries` are those of its namespace, which count with the Ingress that they are of: by
 * itself none exposes anything.
 */
export function exposeIngress(
  world: WorldIndex,
  route: IngressObservation,
  canaries: readonly IngressObservation[],
): readonly Exposure[] {
  if (isCanary(route)) return [];
  let rule = 0;
  return route.hosts.flatMap(({ host, paths }) =>
    paths.map((path) => {
      rule += 1;
      return exposePath(world, route, host, path, canariesOf(canaries, host, path.path), rule - 1);
    }),
  );
}
