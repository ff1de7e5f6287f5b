import type { MiddlewareObservation, RouteRule } from "../../sources/index.ts";
import type { WorldIndex } from "../world-index.ts";

const depthMax = 4;

function flatten(world: WorldIndex, names: readonly string[], depth: number): readonly MiddlewareObservation[] {
  if (depth > depthMax) return [];
  return names.slice(0, 16).flatMap((name) => {
    const middleware = world.middlewares.get(name);
    return middleware === undefined ? [] : [middleware, ...flatten(world, middleware.chain, depth + 1)];
  });
}

/** How Traefik's Middlewares change a path that begins with `path`; null where they leave it as it is. */
export function applyMiddlewares(world: WorldIndex, names: readonly string[], path: string): RouteRule["rewrite"] {
  let current = path;
  let full = false;
  for (const middleware of flatten(world, names, 0)) {
    const prefix = middleware.strips.find(
      (candidate) => current === candidate || current.startsWith(`${candidate.replace(/\/+$/, "")}/`),
    );
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
