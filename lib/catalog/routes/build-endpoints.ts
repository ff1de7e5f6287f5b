import type { PinnedAddress } from "../../model/index.ts";
import type { Rewrite, RouteMatch } from "../../sources/index.ts";
import { publicUrlOf } from "../annotations.ts";
import type { FoundEndpoint } from "../assemble-api.ts";
import type { WorldIndex } from "../world-index.ts";
import { endpointsMax, keyOf, mappingOf, originOf, trimmed } from "./exposure.ts";
import type { Route } from "./exposure.ts";

/** Where a rule is served from: a host, which may be a pattern, and the address to reach it. */
export type Place = {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly port: number;
  readonly address: PinnedAddress | null;
  /** What an admin says of the gateway: scheme and port as they are from outside. */
  readonly outside: URL | null;
  /** True where the route names the host, false where it is the gateway's own address. */
  readonly isNamed: boolean;
};

export type Built = { readonly endpoints: readonly FoundEndpoint[]; readonly problem: string | null };

const patternProblem = (host: string): string =>
  `Its host ${host} is a pattern, which is no URL: say the one that callers use with gatebook.dev/public-url.`;

/** All endpoints of one rule: places times matches, 64 at most. `rewriteOf` tells how a match's path changes on its way in. */
export function buildEndpoints(
  world: WorldIndex,
  route: Route,
  places: readonly Place[],
  rule: {
    readonly matches: readonly RouteMatch[];
    readonly rewriteOf: (match: RouteMatch) => Rewrite | null;
    readonly isGrpc: boolean;
    readonly problem: string | null;
  },
): Built {
  const endpoints: FoundEndpoint[] = [];
  const own = publicUrlOf(route.annotations).url;
  let problem: string | null = null;
  for (const place of places) {
    for (const match of rule.matches) {
      if (endpoints.length >= endpointsMax) {
        problem ??= `It has more than ${String(endpointsMax)} addresses; the others are not shown.`;
        break;
      }
      const mapped = mappingOf(match, rule.rewriteOf(match));
      if (mapped.kind === "none") {
        problem ??= mapped.reason;
        continue;
      }
      const origin = originOf(place.scheme, place.host, place.port);
      const isPattern = place.host.includes("*");
      const bare: FoundEndpoint = {
        // gRPC has no URL with a path: callers are given the host and the port.
        url: rule.isGrpc ? origin : `${origin}${trimmed(mapped.mapping.publicPath)}`,
        reach: "public",
        paths: [mapped.mapping],
        requiredHeaders: match.headers,
        address: place.address,
        via: keyOf(world, route),
        isPattern,
        problem: isPattern ? patternProblem(place.host) : (rule.problem ?? match.narrowedBy),
      };
      endpoints.push({
        ...bare,
        fronts: [
          ...(place.outside === null ? [] : [{ url: place.outside, keepsHost: place.isNamed }]),
          ...(own === null ? [] : [{ url: own, keepsHost: false }]),
        ],
      });
    }
  }
  return { endpoints, problem };
}
