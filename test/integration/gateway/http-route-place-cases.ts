import type { GatewayCase } from "./gateway-objects.ts";
import {
  backend,
  calls,
  everything,
  exact,
  httpRoute,
  model,
  ownAddress,
  prefix,
  rewrite,
  rule,
} from "./gateway-objects.ts";

const backends: readonly GatewayCase[] = [
  {
    name: "weights reach each revision",
    objects: [
      model("h-weights", "one"),
      model("h-weights", "two"),
      httpRoute(
        "h-weights",
        "rank",
        ["weights.test"],
        [rule(prefix("/"), [backend("one", { weight: 3 }), backend("two", { weight: 1 })])],
      ),
    ],
    api: { namespace: "h-weights", name: "rank" },
    shows: everything("http://weights.test"),
    revisions: ["h-weights/one", "h-weights/two"],
  },
  {
    name: "a backend of weight 0 takes nothing",
    objects: [
      model("h-zero", "one"),
      httpRoute("h-zero", "rank", ["zero.test"], [rule(prefix("/"), [backend("one", { weight: 0 })])]),
    ],
    api: { namespace: "h-zero", name: "one" },
    shows: [],
    elsewhere: ["POST http://zero.test/predict"],
  },
  {
    name: "a backend of another namespace that grants it is reached",
    objects: [
      model("h-granting", "rank"),
      {
        apiVersion: "gateway.networking.k8s.io/v1beta1",
        kind: "ReferenceGrant",
        metadata: { namespace: "h-granting", name: "routes" },
        spec: {
          from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "h-granted" }],
          to: [{ group: "", kind: "Service" }],
        },
      },
      httpRoute(
        "h-granted",
        "rank",
        ["granted.test"],
        [rule(prefix("/"), [backend("rank", { namespace: "h-granting" })])],
      ),
    ],
    api: { namespace: "h-granting", name: "rank" },
    shows: everything("http://granted.test"),
  },
  {
    name: "a backend of another namespace that does not grant it is not",
    objects: [
      model("h-silent", "rank"),
      httpRoute("h-silent", "own", ["own.silent.test"], [rule(prefix("/"), "rank")]),
      httpRoute(
        "h-refused",
        "rank",
        ["refused.test"],
        [rule(prefix("/"), [backend("rank", { namespace: "h-silent" })])],
      ),
    ],
    api: { namespace: "h-silent", name: "rank" },
    shows: everything("http://own.silent.test"),
    elsewhere: ["POST http://refused.test/predict"],
  },
  {
    name: "a broken rule does not take the others of its route",
    objects: [
      model("h-broken", "rank"),
      httpRoute("h-broken", "rank", ["broken.test"], [rule(prefix("/"), "rank"), rule(prefix("/v1"), "missing")]),
    ],
    api: { namespace: "h-broken", name: "rank" },
    shows: everything("http://broken.test").filter((shown) => !shown.includes("/v1")),
    elsewhere: ["GET http://broken.test/v1/models/rank"],
  },
  {
    name: "a rule that leads nowhere has its paths all the same",
    objects: [
      model("h-nowhere", "rank"),
      httpRoute("h-nowhere", "rank", ["nowhere.test"], [rule(prefix("/"), "rank"), rule(exact("/predict"), [])]),
    ],
    api: { namespace: "h-nowhere", name: "rank" },
    shows: everything("http://nowhere.test").filter((shown) => !shown.includes("/predict")),
    elsewhere: ["POST http://nowhere.test/predict"],
  },
  {
    name: "weights of 0 have their paths all the same",
    objects: [
      model("h-off", "rank"),
      httpRoute(
        "h-off",
        "rank",
        ["off.test"],
        [rule(prefix("/"), "rank"), rule(prefix("/v1"), [backend("rank", { weight: 0 })])],
      ),
    ],
    api: { namespace: "h-off", name: "rank" },
    shows: everything("http://off.test").filter((shown) => !shown.includes("/v1")),
    elsewhere: ["GET http://off.test/v1/models/rank"],
  },
  {
    name: "a copy of the traffic is what Traefik does not make",
    objects: [
      model("h-mirror", "rank"),
      model("h-mirror", "shadow"),
      httpRoute(
        "h-mirror",
        "rank",
        ["mirror.test"],
        [
          rule(prefix("/"), "rank", {
            filters: [{ type: "RequestMirror", requestMirror: { backendRef: { name: "shadow", port: 80 } } }],
          }),
        ],
      ),
    ],
    api: { namespace: "h-mirror", name: "rank" },
    shows: everything("http://mirror.test"),
    deviations: {
      reason:
        "RequestMirror is not supported: calls are answered with 500, while the route's status says Accepted and ResolvedRefs, where the standard asks for Accepted False with UnsupportedValue.",
      calls: calls(everything("http://mirror.test")),
    },
  },
  {
    name: "a share that fails is told with the address",
    objects: [
      model("h-half", "one"),
      httpRoute("h-half", "rank", ["half.test"], [rule(prefix("/"), [backend("one"), backend("missing")])]),
    ],
    api: { namespace: "h-half", name: "rank" },
    shows: [],
    problem: "50 % of the calls fail",
  },
];

const precedence: readonly GatewayCase[] = [
  {
    name: "a longer prefix of another route takes its paths away",
    objects: [
      model("h-wide", "wide"),
      model("h-wide", "narrow"),
      httpRoute("h-wide", "wide", ["wide.test"], [rule(prefix("/"), "wide")]),
      httpRoute("h-wide", "narrow", ["wide.test"], [rule(prefix("/v1"), "narrow")]),
    ],
    api: { namespace: "h-wide", name: "wide" },
    shows: ["GET http://wide.test/health > /health", "POST http://wide.test/predict > /predict"],
    elsewhere: ["GET http://wide.test/v1/models/rank", "POST http://wide.test/v1/models/rank:predict"],
  },
  {
    name: "an exact path of another route takes itself away",
    objects: [
      model("h-over", "wide"),
      model("h-over", "narrow"),
      httpRoute("h-over", "wide", ["over.test"], [rule(prefix("/predict"), "wide"), rule(prefix("/health"), "wide")]),
      httpRoute("h-over", "narrow", ["over.test"], [rule(exact("/predict"), "narrow")]),
    ],
    api: { namespace: "h-over", name: "wide" },
    shows: ["GET http://over.test/health > /health"],
    elsewhere: ["POST http://over.test/predict"],
  },
  {
    name: "the method of a longer match takes only its own calls",
    objects: [
      model("h-post", "wide"),
      model("h-post", "narrow"),
      httpRoute("h-post", "wide", ["post.test"], [rule(prefix("/"), "wide")]),
      httpRoute("h-post", "narrow", ["post.test"], [rule(prefix("/v1", { method: "POST" }), "narrow")]),
    ],
    api: { namespace: "h-post", name: "wide" },
    shows: everything("http://post.test").filter((shown) => !shown.includes("rank:predict")),
    elsewhere: ["POST http://post.test/v1/models/rank:predict"],
  },
  {
    name: "of two rules that match the same the first one has it",
    objects: [
      model("h-first", "first"),
      model("h-first", "second"),
      httpRoute("h-first", "rank", ["first.test"], [rule(prefix("/"), "first"), rule(prefix("/"), "second")]),
    ],
    api: { namespace: "h-first", name: "second" },
    shows: [],
    elsewhere: ["POST http://first.test/predict"],
    problem: "earlier rule",
  },
  {
    name: "a redirect takes its path away",
    objects: [
      model("h-redirect", "rank"),
      httpRoute(
        "h-redirect",
        "rank",
        ["redirect.test"],
        [
          rule(prefix("/"), "rank"),
          rule(prefix("/v1"), [], {
            filters: [{ type: "RequestRedirect", requestRedirect: { hostname: "other.test", statusCode: 301 } }],
          }),
        ],
      ),
    ],
    api: { namespace: "h-redirect", name: "rank" },
    shows: ["GET http://redirect.test/health > /health", "POST http://redirect.test/predict > /predict"],
    elsewhere: ["GET http://redirect.test/v1/models/rank"],
  },
  {
    name: "the longer path goes before the method",
    objects: [
      model("h-longer", "short"),
      model("h-longer", "long"),
      httpRoute("h-longer", "short", ["longer.test"], [rule(prefix("/v1", { method: "POST" }), "short")]),
      httpRoute("h-longer", "long", ["longer.test"], [rule(prefix("/v1/models"), "long")]),
    ],
    api: { namespace: "h-longer", name: "long" },
    shows: everything("http://longer.test").filter((shown) => shown.includes("/v1/")),
    deviations: {
      reason:
        "A method counts as much as ten characters of a prefix; the standard compares paths first and methods only between equal ones.",
      calls: ["POST http://longer.test/v1/models/rank:predict"],
    },
  },
];

const hosts: readonly GatewayCase[] = [
  {
    name: "a host below the listener's pattern is served",
    objects: [
      model("h-listener", "rank"),
      httpRoute("h-listener", "rank", ["rank.models.test", "rank.other.test"], [rule(prefix("/"), "rank")], "models"),
    ],
    api: { namespace: "h-listener", name: "rank" },
    shows: everything("http://rank.models.test"),
    elsewhere: ["POST http://rank.other.test/predict"],
  },
  {
    name: "a route whose hosts do not meet the listener's is not served",
    objects: [
      model("h-unmet", "rank"),
      httpRoute("h-unmet", "rank", ["unmet.test"], [rule(prefix("/"), "rank")], "models"),
    ],
    api: { namespace: "h-unmet", name: "rank" },
    shows: [],
    elsewhere: ["POST http://unmet.test/predict"],
  },
  {
    name: "without a host it is called at the Gateway's address",
    objects: [
      model("h-address", "rank"),
      httpRoute(
        "h-address",
        "rank",
        [],
        [rule(prefix("/address-h"), "rank", rewrite({ type: "ReplacePrefixMatch", replacePrefixMatch: "/" }))],
      ),
    ],
    api: { namespace: "h-address", name: "rank" },
    shows: everything(`http://${ownAddress}/address-h`),
  },
  {
    name: "a pattern of hosts is no URL",
    objects: [model("h-star", "rank"), httpRoute("h-star", "rank", ["*.star.test"], [rule(prefix("/"), "rank")])],
    api: { namespace: "h-star", name: "rank" },
    shows: [],
    elsewhere: ["POST http://star.test/predict"],
  },
  {
    name: "a host goes before a pattern that it meets",
    objects: [
      model("h-one", "all"),
      model("h-one", "one"),
      httpRoute("h-one", "all", ["*.one.test"], [rule(prefix("/"), "all"), rule(exact("/predict"), "all")]),
      httpRoute("h-one", "one", ["the.one.test"], [rule(prefix("/"), "one")]),
    ],
    api: { namespace: "h-one", name: "one" },
    shows: everything("http://the.one.test"),
    elsewhere: ["POST http://any.one.test/predict"],
    deviations: {
      reason: "An exact path goes before everything else; the standard compares hosts first, where they overlap.",
      calls: ["POST http://the.one.test/predict"],
    },
  },
];

/** What HTTPRoutes must come to by their backends, their hosts and other routes. */
export const httpRoutePlaceCases: readonly GatewayCase[] = [...backends, ...precedence, ...hosts];
