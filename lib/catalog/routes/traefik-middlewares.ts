import type { MiddlewareObservation, Rewrite } from "../../sources/index.ts";
import type { WorldIndex } from "../world-index.ts";

const depthMax = 4;

type Flat = { readonly middlewares: readonly MiddlewareObservation[]; readonly missing: string | null };

function flatten(world: WorldIndex, names: readonly string[], depth: number): Flat {
  if (depth > depthMax) return { middlewares: [], missing: null };
  const parts = names.slice(0, 16).map((name): Flat => {
    const middleware = world.middlewares.get(name);
    if (middleware === undefined) return { middlewares: [], missing: name };
    const inner = flatten(world, middleware.chain, depth + 1);
    return { middlewares: [middleware, ...inner.middlewares], missing: inner.missing };
  });
  return {
    middlewares: parts.flatMap((part) => part.middlewares),
    missing: parts.find((part) => part.missing !== null)?.missing ?? null,
  };
}

/** What a chain of Traefik's Middlewares does to calls, apart from their paths. */
export function judgeMiddlewares(
  world: WorldIndex,
  names: readonly string[],
  scheme: "http" | "https",
): { readonly redirects: boolean; readonly isMissing: boolean; readonly problem: string | null } {
  const { middlewares, missing } = flatten(world, names, 0);
  return {
    redirects: middlewares.some(({ redirects }) => redirects === "http" && scheme === "http"),
    isMissing: missing !== null,
    problem:
      missing !== null
        ? `Middleware ${missing} does not exist, and without it Traefik does not serve the route.`
        : middlewares.some(({ redirects }) => redirects === "some")
          ? "Some calls to it are redirected."
          : null,
  };
}

/** How Traefik's Middlewares change a path that begins with `path`; null where they leave it as it is. */
export function applyMiddlewares(world: WorldIndex, names: readonly string[], path: string): Rewrite | null {
  let current = path;
  let full = false;
  for (const middleware of flatten(world, names, 0).middlewares) {
    if (middleware.untold !== null)
      return {
        kind: "unknown",
        reason: `Middleware ${middleware.name} changes paths by patterns (${middleware.untold}), which is not followed.`,
      };
    const prefix = middleware.strips.find(
      (candidate) => current === candidate || current.startsWith(`${candidate.replace(/\/+$/, "")}/`),
    );
    // What is narrower than the match is taken off some of the calls alone.
    const narrower = middleware.strips.find(
      (candidate) =>
        prefix === undefined && candidate.startsWith(`${current.replace(/\/+$/, "")}/`) && candidate !== "/",
    );
    if (narrower !== undefined)
      return {
        kind: "unknown",
        reason: `Middleware ${middleware.name} takes ${narrower.slice(0, 100)} off some of its calls, which is not followed.`,
      };
    if (prefix !== undefined) current = current.slice(prefix.replace(/\/+$/, "").length);
    if (middleware.addsPrefix !== null) current = `${middleware.addsPrefix.replace(/\/+$/, "")}${current}`;
    if (middleware.replacesPath !== null) {
      current = middleware.replacesPath;
      full = true;
    }
  }
  if (current === path) return null;
  return { kind: full ? "full" : "prefix", path: current === "" ? "/" : current };
}
