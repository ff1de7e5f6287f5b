import type { GatewayCase } from "./gateway-objects.ts";
import { everything, ingress, ingressPath, middleware, model, ownAddress } from "./gateway-objects.ts";

/** What Ingresses must come to. */
export const ingressCases: readonly GatewayCase[] = [
  {
    name: "a Middleware takes a prefix off",
    objects: [
      model("i-strip", "rank"),
      middleware("i-strip", "strip", { stripPrefix: { prefixes: ["/api/rank"] } }),
      ingress("i-strip", "rank", "strip-i.test", [ingressPath("Prefix", "/api/rank", "rank")], {
        annotations: { middlewares: "i-strip-strip@kubernetescrd" },
      }),
    ],
    api: { namespace: "i-strip", name: "rank" },
    shows: everything("http://strip-i.test/api/rank"),
    elsewhere: ["POST http://strip-i.test/predict"],
  },
  {
    name: "Prefix for everything",
    objects: [model("i-all", "rank"), ingress("i-all", "rank", "all-i.test", [ingressPath("Prefix", "/", "rank")])],
    api: { namespace: "i-all", name: "rank" },
    shows: everything("http://all-i.test"),
    elsewhere: ["POST http://other-i.test/predict"],
  },
  {
    name: "Prefix takes whole segments",
    objects: [
      model("i-prefix", "rank"),
      ingress("i-prefix", "rank", "prefix-i.test", [ingressPath("Prefix", "/v1/models/rank", "rank")]),
    ],
    api: { namespace: "i-prefix", name: "rank" },
    shows: ["GET http://prefix-i.test/v1/models/rank > /v1/models/rank"],
    elsewhere: ["GET http://prefix-i.test/health"],
    deviations: {
      reason:
        "Without its setting strictPrefixMatching, which nobody can see from the cluster, Traefik takes a Prefix as text; the standard goes by segments.",
      calls: ["POST http://prefix-i.test/v1/models/rank:predict"],
    },
  },
  {
    name: "Exact takes itself",
    objects: [
      model("i-exact", "rank"),
      ingress("i-exact", "rank", "exact-i.test", [ingressPath("Exact", "/predict", "rank")]),
    ],
    api: { namespace: "i-exact", name: "rank" },
    shows: ["POST http://exact-i.test/predict > /predict"],
    elsewhere: ["POST http://exact-i.test/predict/", "GET http://exact-i.test/health"],
  },
  {
    name: "ImplementationSpecific is a prefix",
    objects: [
      model("i-own", "rank"),
      ingress("i-own", "rank", "own-i.test", [ingressPath("ImplementationSpecific", "/v1/models/rank", "rank")]),
    ],
    api: { namespace: "i-own", name: "rank" },
    shows: ["GET http://own-i.test/v1/models/rank > /v1/models/rank"],
    elsewhere: ["GET http://own-i.test/health"],
    deviations: {
      reason: "As with Prefix: text unless strictPrefixMatching is set; what holds either way is shown.",
      calls: ["POST http://own-i.test/v1/models/rank:predict"],
    },
  },
  {
    name: "ImplementationSpecific is what its annotation says",
    objects: [
      model("i-matcher", "rank"),
      ingress(
        "i-matcher",
        "rank",
        "matcher-i.test",
        [ingressPath("ImplementationSpecific", "/v1/models/rank", "rank")],
        {
          annotations: { pathmatcher: "Path" },
        },
      ),
      ingress(
        "i-matcher",
        "regexp",
        "regexp-i.test",
        [ingressPath("ImplementationSpecific", "/v1/models/rank:.*", "rank")],
        { annotations: { pathmatcher: "PathRegexp" } },
      ),
    ],
    api: { namespace: "i-matcher", name: "rank" },
    shows: [
      "GET http://matcher-i.test/v1/models/rank > /v1/models/rank",
      "POST http://regexp-i.test/v1/models/rank:predict > /v1/models/rank:predict",
    ],
    elsewhere: ["GET http://matcher-i.test/health", "POST http://matcher-i.test/v1/models/rank:predict"],
  },
  {
    name: "a longer path of another Ingress takes its paths away",
    objects: [
      model("i-wide", "wide"),
      model("i-wide", "narrow"),
      ingress("i-wide", "wide", "wide-i.test", [ingressPath("Prefix", "/", "wide")]),
      ingress("i-wide", "narrow", "wide-i.test", [ingressPath("Prefix", "/v1", "narrow")]),
    ],
    api: { namespace: "i-wide", name: "wide" },
    shows: ["GET http://wide-i.test/health > /health", "POST http://wide-i.test/predict > /predict"],
    elsewhere: ["GET http://wide-i.test/v1/models/rank"],
  },
  {
    name: "what only begins with the text of a longer path is nobody's for sure, and not shown",
    objects: [
      model("i-text", "wide"),
      model("i-text", "narrow"),
      ingress("i-text", "wide", "text-i.test", [ingressPath("Prefix", "/", "wide")]),
      ingress("i-text", "narrow", "text-i.test", [ingressPath("Prefix", "/v1/models/rank", "narrow")]),
    ],
    api: { namespace: "i-text", name: "wide" },
    shows: ["GET http://text-i.test/health > /health", "POST http://text-i.test/predict > /predict"],
    elsewhere: ["GET http://text-i.test/v1/models/rank", "POST http://text-i.test/v1/models/rank:predict"],
  },
  {
    name: "a priority goes before the length of a path",
    objects: [
      model("i-first", "wide"),
      model("i-first", "narrow"),
      ingress("i-first", "wide", "first-i.test", [ingressPath("Prefix", "/", "wide")], {
        annotations: { priority: "1000" },
      }),
      ingress("i-first", "narrow", "first-i.test", [ingressPath("Prefix", "/v1", "narrow")]),
    ],
    api: { namespace: "i-first", name: "wide" },
    shows: everything("http://first-i.test"),
  },
  {
    name: "what a priority of another Ingress takes away is not shown",
    objects: [
      model("i-last", "wide"),
      model("i-last", "narrow"),
      ingress("i-last", "wide", "last-i.test", [ingressPath("Prefix", "/", "wide")], {
        annotations: { priority: "1000" },
      }),
      ingress("i-last", "narrow", "last-i.test", [ingressPath("Prefix", "/v1", "narrow")]),
    ],
    api: { namespace: "i-last", name: "narrow" },
    shows: [],
    elsewhere: ["GET http://last-i.test/v1/models/rank"],
  },
  {
    name: "a short Exact path goes behind a long Prefix, whatever the standard says",
    objects: [
      model("i-exact-last", "exact"),
      model("i-exact-last", "prefix"),
      ingress("i-exact-last", "exact", "exact-last-i.test", [
        ingressPath("Exact", "/predict", "exact"),
        ingressPath("Prefix", "/health", "exact"),
      ]),
      ingress("i-exact-last", "prefix", "exact-last-i.test", [ingressPath("Prefix", "/predict", "prefix")]),
    ],
    api: { namespace: "i-exact-last", name: "exact" },
    shows: ["GET http://exact-last-i.test/health > /health"],
    elsewhere: ["POST http://exact-last-i.test/predict"],
  },
  {
    name: "hosts with TLS are called by https",
    objects: [
      model("i-tls", "rank"),
      ingress("i-tls", "rank", "tls-i.test", [ingressPath("Prefix", "/", "rank")], {
        tls: [{ hosts: ["tls-i.test"] }],
      }),
    ],
    api: { namespace: "i-tls", name: "rank" },
    shows: everything("https://tls-i.test"),
  },
  {
    name: "the secure entry point is called by https alone",
    objects: [
      model("i-secure", "rank"),
      ingress("i-secure", "rank", "secure-i.test", [ingressPath("Prefix", "/", "rank")], {
        annotations: { entrypoints: "websecure", tls: "true" },
      }),
    ],
    api: { namespace: "i-secure", name: "rank" },
    shows: everything("https://secure-i.test"),
    elsewhere: ["POST http://secure-i.test/predict"],
  },
  {
    name: "a redirect to https leaves nothing at http",
    objects: [
      model("i-redirect", "rank"),
      middleware("i-redirect", "secure", { redirectScheme: { scheme: "https" } }),
      ingress("i-redirect", "rank", "redirect-i.test", [ingressPath("Prefix", "/", "rank")], {
        annotations: { middlewares: "i-redirect-secure@kubernetescrd", entrypoints: "web" },
      }),
      ingress("i-redirect", "secure", "redirect-i.test", [ingressPath("Prefix", "/", "rank")], {
        annotations: { entrypoints: "websecure", tls: "true" },
      }),
    ],
    api: { namespace: "i-redirect", name: "rank" },
    shows: everything("https://redirect-i.test"),
    elsewhere: ["POST http://redirect-i.test/predict"],
  },
  {
    name: "a missing Middleware takes the route down",
    objects: [
      model("i-missing", "rank"),
      ingress("i-missing", "rank", "missing-i.test", [ingressPath("Prefix", "/", "rank")], {
        annotations: { middlewares: "i-missing-none@kubernetescrd" },
      }),
    ],
    api: { namespace: "i-missing", name: "rank" },
    shows: [],
    elsewhere: ["POST http://missing-i.test/predict"],
  },
  {
    name: "without a host it is called at the address of Traefik's Service",
    objects: [
      model("i-bare", "rank"),
      middleware("i-bare", "strip", { stripPrefix: { prefixes: ["/bare-i"] } }),
      ingress("i-bare", "rank", null, [ingressPath("Prefix", "/bare-i", "rank")], {
        annotations: { middlewares: "i-bare-strip@kubernetescrd" },
      }),
    ],
    api: { namespace: "i-bare", name: "rank" },
    shows: everything(`http://${ownAddress}/bare-i`),
  },
  {
    name: "a pattern of hosts is no URL",
    objects: [
      model("i-star", "rank"),
      ingress("i-star", "rank", "*.star-i.test", [ingressPath("Prefix", "/", "rank")]),
    ],
    api: { namespace: "i-star", name: "rank" },
    shows: [],
    elsewhere: ["POST http://star-i.test/predict"],
  },
];
