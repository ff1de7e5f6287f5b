import type { IngressObservation, IngressPath, Rewrite, RouteMatch } from "../../sources/index.ts";
import { isKongPattern } from "./kong.ts";
import { isLiteral, readPattern } from "./path-pattern.ts";
import type { PathPattern } from "./path-pattern.ts";

const nginx = "nginx.ingress.kubernetes.io/";

/** Whose reading of a path counts, by the class that an Ingress names; null where nobody can know. */
export type IngressController = "nginx" | "kong" | "traefik" | null;

export function controllerOf({ className }: IngressObservation): IngressController {
  if (className === null) return null;
  return (["nginx", "kong", "traefik"] as const).find((name) => className.includes(name)) ?? null;
}

/** How a path of an Ingress matches and what becomes of it; `reason` where it is a pattern that is not followed. */
export type ReadPath =
  | { readonly kind: "path"; readonly match: RouteMatch; readonly rewrite: Rewrite | null }
  | { readonly kind: "none"; readonly reason: string };

function plainMatch(type: RouteMatch["type"], path: string): RouteMatch {
  return { type, path: path === "" ? "/" : path, methods: null, headers: [], narrowedBy: null };
}

function none(path: string): ReadPath {
  return { kind: "none", reason: `The path ${path.slice(0, 100)} is a pattern, which is no URL.` };
}

/** What nginx puts in the place of what a pattern matched: a prefix where it ends in the rest, else always the same path. */
function nginxRewrite(target: string, { group, hasSlash }: PathPattern): Rewrite {
  const references = [...target.matchAll(/\$(\d+|\w+)/g)];
  const [only, ...more] = references;
  if (only === undefined) return { kind: "full", path: target };
  const ends = target.endsWith(`$${only[1] ?? ""}`);
  if (more.length > 0 || !ends || only[1] !== group)
    return { kind: "unknown", reason: `Its paths are changed to ${target.slice(0, 100)}, which is not followed.` };
  const before = target.slice(0, only.index);
  if (hasSlash ? before.endsWith("/") && before !== "/" : !before.endsWith("/"))
    return { kind: "unknown", reason: `Its paths are changed to ${target.slice(0, 100)}, which is not followed.` };
  return { kind: "prefix", path: before === "" ? "/" : before.length > 1 ? before.replace(/\/$/, "") : before };
}

function readNginx(route: IngressObservation, path: string): ReadPath {
  const pattern = readPattern(path);
  if (pattern === null) return none(path);
  const target = route.annotations[`${nginx}rewrite-target`];
  // A slash in front of the tail belongs to the pattern, not to what is stripped.
  const literal = pattern.literal === "" ? "/" : pattern.literal;
  const type = literal === "/" && pattern.match !== "exact" ? "prefix" : pattern.match;
  return {
    kind: "path",
    match: plainMatch(type, literal),
    rewrite: target === undefined ? null : nginxRewrite(target, pattern),
  };
}

const traefikRouter = "traefik.ingress.kubernetes.io/router.";

/** How Traefik is told to read a path of the third type; null where it is not. */
function readTraefikMatcher(route: IngressObservation, path: string): ReadPath | null {
  const matcher = route.annotations[`${traefikRouter}pathmatcher`];
  switch (matcher) {
    case undefined:
    case "PathPrefix":
      return null;
    case "Path":
      return { kind: "path", match: plainMatch("exact", path), rewrite: null };
    case "PathRegexp":
      return readNginx(route, path);
    default:
      return { kind: "none", reason: `Its paths are read as ${matcher.slice(0, 100)}, which is not followed.` };
  }
}

/**
 * Traefik's order of an Ingress's path among all that it serves: what an annotation says, else the length of the rule that it
 * makes of host and path (as it does by default: strictPrefixMatching makes longer ones). Null for other controllers.
 */
export function traefikPriority(
  route: IngressObservation,
  host: string | null,
  { type, path }: IngressPath,
): number | null {
  if (controllerOf(route) !== "traefik") return null;
  const said = Number(route.annotations[`${traefikRouter}priority`] ?? 0);
  if (Number.isInteger(said) && said !== 0) return said;
  const own = type === "ImplementationSpecific" ? route.annotations[`${traefikRouter}pathmatcher`] : undefined;
  const matcher = type === "Exact" ? "Path" : (own ?? "PathPrefix");
  const parts = [...(host === null ? [] : [`Host(\`${host}\`)`]), `${matcher}(\`${path}\`)`];
  return new TextEncoder().encode(parts.join(" && ")).length;
}

/**
 * Reads one path of an Ingress (SERVING §3): Prefix and Exact literally; the third type as its controller does. ingress-nginx
 * reads every path as a pattern once an annotation asks for one; GKE and the AWS controller write "/*"; Kong marks patterns.
 */
export function readIngressPath(route: IngressObservation, { type, path }: IngressPath): ReadPath {
  const controller = controllerOf(route);
  const asksForPatterns =
    (controller === "nginx" || controller === null) &&
    (route.annotations[`${nginx}rewrite-target`] !== undefined || route.annotations[`${nginx}use-regex`] === "true");
  if (asksForPatterns && type !== "Exact") return readNginx(route, path);
  const target = asksForPatterns ? route.annotations[`${nginx}rewrite-target`] : undefined;
  const rewrite: Rewrite | null = target === undefined ? null : { kind: "full", path: target };
  if (type === "Exact") return { kind: "path", match: plainMatch("exact", path), rewrite };
  if (isKongPattern(path)) return none(path);
  if (type === "Prefix") return { kind: "path", match: plainMatch("prefix", path), rewrite: null };
  const said = controller === "traefik" || controller === null ? readTraefikMatcher(route, path) : null;
  if (said !== null) return said;
  const glob = /^([^*]*)\/\*$/.exec(path)?.[1];
  if (glob !== undefined) return { kind: "path", match: plainMatch("prefix", glob), rewrite: null };
  if (isLiteral(path)) return { kind: "path", match: plainMatch("prefix", path), rewrite: null };
  return readNginx(route, path);
}
