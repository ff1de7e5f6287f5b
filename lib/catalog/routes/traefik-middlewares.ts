import type { MiddlewareObservation, Rewrite } from "../../sources/index.ts";
import type { WorldIndex } from "../world-index.ts";

const depthMax = 4;
/** Of one route: chains that name each other multiply. */
const middlewaresMax = 64;
const pathMax = 2_000;

type Flat = {
  readonly middlewares: readonly MiddlewareObservation[];
  readonly missing: string | null;
  /** True where there are more of them than are followed, as in a circle of chains. */
  readonly isCut: boolean;
};

function flatten(world: WorldIndex, names: readonly string[]): Flat {
  const middlewares: MiddlewareObservation[] = [];
  let missing: string | null = null;
  let isCut = false;
  const add = (own: readonly string[], depth: number): void => {
    for (const name of own.slice(0, 16)) {
      isCut ||= depth > depthMax || middlewares.length >= middlewaresMax;
      if (isCut) return;
      const middleware = world.middlewares.get(name);
      if (middleware === undefined) {
        missing ??= name;
        continue;
      }
      middlewares.push(middleware);
      add(middleware.chain, depth + 1);
    }
  };
  add(names, 0);
  return { middlewares, missing, isCut };
}

/** What a chain of Traefik's Middlewares does to calls, apart from their paths. */
export function judgeMiddlewares(
  world: WorldIndex,
  names: readonly string[],
  scheme: "http" | "https",
): { readonly redirects: boolean; readonly isMissing: boolean; readonly problem: string | null } {
  const { middlewares, missing } = flatten(world, names);
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
  const { middlewares, isCut } = flatten(world, names);
  const tooMany = { kind: "unknown", reason: "Its Middlewares lead through more others than are followed." } as const;
  if (isCut) return tooMany;
  for (const middleware of middlewares) {
    if (current.length > pathMax) return tooMany;
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
