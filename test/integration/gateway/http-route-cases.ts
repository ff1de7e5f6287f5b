import type { GatewayCase } from "./gateway-objects.ts";
import {
  backend,
  calls,
  everything,
  exact,
  httpRoute,
  middleware,
  model,
  pattern,
  prefix,
  rewrite,
  rule,
} from "./gateway-objects.ts";

const rewrites: readonly GatewayCase[] = [
  {
    name: "a prefix is taken off",
    objects: [
      model("h-strip", "rank"),
      httpRoute(
        "h-strip",
        "rank",
        ["strip.test"],
        [rule(prefix("/api/rank"), "rank", rewrite({ type: "ReplacePrefixMatch", replacePrefixMatch: "/" }))],
      ),
    ],
    api: { namespace: "h-strip", name: "rank" },
    shows: everything("http://strip.test/api/rank"),
    elsewhere: ["POST http://strip.test/predict", "POST http://strip.test/api/ranks/predict"],
  },
  {
    name: "a prefix with a slash at its end is taken off",
    objects: [
      model("h-slash", "rank"),
      httpRoute(
        "h-slash",
        "rank",
        ["slash.test"],
        [rule(prefix("/api/"), "rank", rewrite({ type: "ReplacePrefixMatch", replacePrefixMatch: "/" }))],
      ),
    ],
    api: { namespace: "h-slash", name: "rank" },
    shows: everything("http://slash.test/api"),
    elsewhere: ["POST http://slash.test/apis/predict"],
  },
  {
    name: "a prefix becomes nothing",
    objects: [
      model("h-nothing", "rank"),
      httpRoute(
        "h-nothing",
        "rank",
        ["nothing.test"],
        [rule(prefix("/api"), "rank", rewrite({ type: "ReplacePrefixMatch", replacePrefixMatch: "" }))],
      ),
    ],
    api: { namespace: "h-nothing", name: "rank" },
    shows: everything("http://nothing.test/api"),
  },
  {
    name: "a prefix with a slash at its end becomes nothing",
    objects: [
      model("h-bare", "rank"),
      httpRoute(
        "h-bare",
        "rank",
        ["bare.test"],
        [rule(prefix("/api/"), "rank", rewrite({ type: "ReplacePrefixMatch", replacePrefixMatch: "" }))],
      ),
    ],
    api: { namespace: "h-bare", name: "rank" },
    shows: everything("http://bare.test/api"),
    deviations: {
      reason:
        "The path that goes in has no slash at its beginning, and the answer is 400; the standard's table makes /bar of /foo/bar here (HTTPPathModifier).",
      calls: calls(everything("http://bare.test/api")),
    },
  },
  {
    name: "a prefix becomes another one, by whole segments",
    objects: [
      model("h-prefix", "rank"),
      httpRoute(
        "h-prefix",
        "rank",
        ["prefix.test"],
        [rule(prefix("/rank"), "rank", rewrite({ type: "ReplacePrefixMatch", replacePrefixMatch: "/v1/models/rank" }))],
      ),
    ],
    api: { namespace: "h-prefix", name: "rank" },
    shows: ["GET http://prefix.test/rank > /v1/models/rank"],
    elsewhere: ["POST http://prefix.test/rank:predict", "POST http://prefix.test/predict"],
  },
  {
    name: "the whole path becomes another one",
    objects: [
      model("h-full", "rank"),
      httpRoute(
        "h-full",
        "rank",
        ["full.test"],
        [rule(prefix("/score"), "rank", rewrite({ type: "ReplaceFullPath", replaceFullPath: "/predict" }))],
      ),
    ],
    api: { namespace: "h-full", name: "rank" },
    shows: ["POST http://full.test/score > /predict"],
    elsewhere: ["POST http://full.test/predict", "POST http://full.test/scores"],
  },
  {
    name: "the host alone becomes another one",
    objects: [
      model("h-host", "rank"),
      httpRoute(
        "h-host",
        "rank",
        ["host.test"],
        [rule(prefix("/"), "rank", { filters: [{ type: "URLRewrite", urlRewrite: { hostname: "inside.test" } }] })],
      ),
    ],
    api: { namespace: "h-host", name: "rank" },
    shows: everything("http://host.test"),
    elsewhere: ["POST http://inside.test/predict"],
  },
  {
    name: "a Middleware of Traefik's takes a prefix off",
    objects: [
      model("h-extension", "rank"),
      middleware("h-extension", "strip", { stripPrefix: { prefixes: ["/api"] } }),
      httpRoute(
        "h-extension",
        "rank",
        ["extension.test"],
        [
          rule(prefix("/api"), "rank", {
            filters: [
              { type: "ExtensionRef", extensionRef: { group: "traefik.io", kind: "Middleware", name: "strip" } },
            ],
          }),
        ],
      ),
    ],
    api: { namespace: "h-extension", name: "rank" },
    shows: everything("http://extension.test/api"),
  },
  {
    name: "a rewrite on a backend is one that Traefik leaves out",
    objects: [
      model("h-backend", "rank"),
      httpRoute(
        "h-backend",
        "rank",
        ["backend.test"],
        [rule(prefix("/api"), [backend("rank", rewrite({ type: "ReplacePrefixMatch", replacePrefixMatch: "/" }))])],
      ),
    ],
    api: { namespace: "h-backend", name: "rank" },
    shows: everything("http://backend.test/api"),
    deviations: {
      reason:
        "Filters of a backendRef are ignored without a word in the status (Gateway API, HTTPBackendRef.filters, extended support).",
      calls: calls(everything("http://backend.test/api")),
    },
  },
];

const matches: readonly GatewayCase[] = [
  {
    name: "a prefix takes whole segments",
    objects: [
      model("h-segments", "rank"),
      httpRoute("h-segments", "rank", ["segments.test"], [rule(prefix("/v1/models/rank"), "rank")]),
    ],
    api: { namespace: "h-segments", name: "rank" },
    shows: ["GET http://segments.test/v1/models/rank > /v1/models/rank"],
    elsewhere: ["POST http://segments.test/v1/models/rank:predict", "GET http://segments.test/health"],
  },
  {
    name: "an exact path takes itself",
    objects: [
      model("h-exact", "rank"),
      httpRoute("h-exact", "rank", ["exact.test"], [rule(exact("/v1/models/rank:predict"), "rank")]),
    ],
    api: { namespace: "h-exact", name: "rank" },
    shows: ["POST http://exact.test/v1/models/rank:predict > /v1/models/rank:predict"],
    elsewhere: ["POST http://exact.test/v1/models/rank:predict/", "GET http://exact.test/v1/models/rank"],
  },
  {
    name: "several matches are alternatives, several hosts too",
    objects: [
      model("h-several", "rank"),
      httpRoute(
        "h-several",
        "rank",
        ["one.several.test", "two.several.test"],
        [{ ...rule(exact("/predict"), "rank"), matches: [exact("/predict"), prefix("/health")] }],
      ),
    ],
    api: { namespace: "h-several", name: "rank" },
    shows: ["one", "two"].flatMap((host) => [
      `GET http://${host}.several.test/health > /health`,
      `POST http://${host}.several.test/predict > /predict`,
    ]),
    elsewhere: ["POST http://three.several.test/predict", "GET http://one.several.test/v1/models/rank"],
  },
  {
    name: "a header that is asked for is shown, and nothing arrives without it",
    objects: [
      model("h-header", "rank"),
      httpRoute(
        "h-header",
        "rank",
        ["header.test"],
        [rule(prefix("/", { headers: [{ name: "x-model", value: "rank" }] }), "rank")],
      ),
    ],
    api: { namespace: "h-header", name: "rank" },
    shows: everything("http://header.test").map((shown) => shown.replace(" >", " {x-model: rank} >")),
    elsewhere: ["POST http://header.test/predict", "POST http://header.test/predict {x-model: other}"],
  },
  {
    name: "a match with a header takes only its calls from another route",
    objects: [
      model("h-canary", "rank"),
      model("h-canary", "canary"),
      httpRoute("h-canary", "rank", ["canary.test"], [rule(prefix("/"), "rank")]),
      httpRoute(
        "h-canary",
        "canary",
        ["canary.test"],
        [rule(prefix("/", { headers: [{ name: "x-canary", value: "yes" }] }), "canary")],
      ),
    ],
    api: { namespace: "h-canary", name: "rank" },
    shows: everything("http://canary.test"),
    elsewhere: ["POST http://canary.test/predict {x-canary: yes}"],
  },
  {
    name: "a method that is asked for leaves the others out",
    objects: [
      model("h-method", "rank"),
      httpRoute("h-method", "rank", ["method.test"], [rule(prefix("/", { method: "POST" }), "rank")]),
    ],
    api: { namespace: "h-method", name: "rank" },
    shows: everything("http://method.test").filter((shown) => shown.startsWith("POST")),
    elsewhere: ["GET http://method.test/health", "GET http://method.test/v1/models/rank"],
  },
  {
    name: "a query that is asked for is told with the address",
    objects: [
      model("h-query", "rank"),
      httpRoute(
        "h-query",
        "rank",
        ["query.test"],
        [rule(prefix("/", { queryParams: [{ name: "model", value: "rank" }] }), "rank")],
      ),
    ],
    api: { namespace: "h-query", name: "rank" },
    shows: [],
    elsewhere: ["POST http://query.test/predict"],
    problem: "query parameter model",
  },
  {
    name: "a pattern for everything below a beginning is shown as such",
    objects: [
      model("h-pattern", "rank"),
      httpRoute("h-pattern", "rank", ["pattern.test"], [rule(pattern("^/v1/models/.*$"), "rank")]),
    ],
    api: { namespace: "h-pattern", name: "rank" },
    shows: [
      "GET http://pattern.test/v1/models/rank > /v1/models/rank",
      "POST http://pattern.test/v1/models/rank:predict > /v1/models/rank:predict",
    ],
    elsewhere: ["GET http://pattern.test/health"],
  },
  {
    name: "a pattern for the whole host is the whole host",
    objects: [model("h-whole", "rank"), httpRoute("h-whole", "rank", ["whole.test"], [rule(pattern("^/.*$"), "rank")])],
    api: { namespace: "h-whole", name: "rank" },
    shows: everything("http://whole.test"),
  },
  {
    name: "any other pattern is no URL, although calls meet it",
    objects: [
      model("h-choice", "rank"),
      httpRoute("h-choice", "rank", ["choice.test"], [rule(pattern("^/(predict|health)$"), "rank")]),
    ],
    api: { namespace: "h-choice", name: "rank" },
    shows: [],
    elsewhere: ["GET http://choice.test/v1/models/rank"],
  },
];

/** What HTTPRoutes must come to by what they match and rewrite. */
export const httpRouteCases: readonly GatewayCase[] = [...rewrites, ...matches];
