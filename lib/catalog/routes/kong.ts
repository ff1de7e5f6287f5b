import type { Observed, RouteRule } from "../../sources/index.ts";

/** Kong strips the matched path where its annotation says so; nothing where it says nothing. */
export function kongRewrite(route: Observed): RouteRule["rewrite"] {
  return route.annotations["konghq.com/strip-path"] === "true" ? { kind: "prefix", path: "/" } : null;
}
