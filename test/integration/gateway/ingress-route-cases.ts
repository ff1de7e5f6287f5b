import type { GatewayCase } from "./gateway-objects.ts";
import { backend, everything, ingressRoute, middleware, model, ownAddress, traefikRule } from "./gateway-objects.ts";

const matches: readonly GatewayCase[] = [
  {
    name: "a prefix takes what begins with its text",
    objects: [
      model("t-prefix", "rank"),
      ingressRoute("t-prefix", "rank", [traefikRule("Host(`prefix-t.test`) && PathPrefix(`/v1/models/rank`)", "rank")]),
    ],
    api: { namespace: "t-prefix", name: "rank" },
    shows: [
      "GET http://prefix-t.test/v1/models/rank > /v1/models/rank",
      "POST http://prefix-t.test/v1/models/rank:predict > /v1/models/rank:predict",
    ],
    elsewhere: ["GET http://prefix-t.test/health"],
  },
  {
    name: "a path takes itself, alternatives add up",
    objects: [
      model("t-path", "rank"),
      ingressRoute("t-path", "rank", [
        traefikRule("(Host(`path-t.test`) || Host(`also-t.test`)) && (Path(`/predict`) || Path(`/health`))", "rank"),
      ]),
    ],
    api: { namespace: "t-path", name: "rank" },
    shows: ["path-t", "also-t"].flatMap((host) => [
      `GET http://${host}.test/health > /health`,
      `POST http://${host}.test/predict > /predict`,
    ]),
    elsewhere: ["POST http://path-t.test/predict/", "GET http://also-t.test/v1/models/rank"],
  },
  {
    name: "a header that is asked for is shown, and nothing arrives without it",
    objects: [
      model("t-header", "rank"),
      ingressRoute("t-header", "rank", [traefikRule("Host(`header-t.test`) && Header(`X-Model`, `rank`)", "rank")]),
    ],
    api: { namespace: "t-header", name: "rank" },
    shows: everything("http://header-t.test").map((shown) => shown.replace(" >", " {x-model: rank} >")),
    elsewhere: ["POST http://header-t.test/predict", "POST http://header-t.test/predict {x-model: other}"],
  },
  {
    name: "a method that is asked for leaves the others out",
    objects: [
      model("t-method", "rank"),
      ingressRoute("t-method", "rank", [traefikRule("Host(`method-t.test`) && Method(`POST`)", "rank")]),
    ],
    api: { namespace: "t-method", name: "rank" },
    shows: everything("http://method-t.test").filter((shown) => shown.startsWith("POST")),
    elsewhere: ["GET http://method-t.test/health"],
  },
  {
    name: "a pattern of a path is no URL, although calls meet it",
    objects: [
      model("t-pattern", "rank"),
      ingressRoute("t-pattern", "rank", [
        traefikRule("Host(`pattern-t.test`) && PathRegexp(`^/(predict|health)$`)", "rank"),
      ]),
    ],
    api: { namespace: "t-pattern", name: "rank" },
    shows: [],
    elsewhere: ["GET http://pattern-t.test/v1/models/rank"],
  },
  {
    name: "what a rule leaves out is told with the address",
    objects: [
      model("t-not", "rank"),
      ingressRoute("t-not", "rank", [traefikRule("Host(`not-t.test`) && !PathPrefix(`/v1`)", "rank")]),
    ],
    api: { namespace: "t-not", name: "rank" },
    shows: [],
    elsewhere: ["GET http://not-t.test/v1/models/rank"],
    problem: "leaves some calls out",
  },
  {
    name: "the secure entry point is called by https alone",
    objects: [
      model("t-tls", "rank"),
      ingressRoute("t-tls", "rank", [traefikRule("Host(`tls-t.test`)", "rank")], {
        entryPoints: ["websecure"],
        tls: {},
      }),
    ],
    api: { namespace: "t-tls", name: "rank" },
    shows: everything("https://tls-t.test"),
    elsewhere: ["POST http://tls-t.test/predict"],
  },
  {
    name: "without entry points it is shown at the one of http",
    objects: [
      model("t-points", "rank"),
      ingressRoute("t-points", "rank", [traefikRule("Host(`points-t.test`)", "rank")], {}),
    ],
    api: { namespace: "t-points", name: "rank" },
    shows: everything("http://points-t.test"),
    deviations: {
      reason: "It is served at all default entry points; which those are is in Traefik's own settings.",
      calls: ["POST https://points-t.test/predict"],
    },
  },
  {
    name: "without a host it is called at the address of Traefik's Service",
    objects: [
      model("t-bare", "rank"),
      middleware("t-bare", "strip", { stripPrefix: { prefixes: ["/bare-t"] } }),
      ingressRoute("t-bare", "rank", [
        traefikRule("PathPrefix(`/bare-t`)", "rank", { middlewares: [{ name: "strip" }] }),
      ]),
    ],
    api: { namespace: "t-bare", name: "rank" },
    shows: everything(`http://${ownAddress}/bare-t`),
  },
];

const middlewares: readonly GatewayCase[] = [
  {
    name: "a prefix is taken off",
    objects: [
      model("t-strip", "rank"),
      middleware("t-strip", "strip", { stripPrefix: { prefixes: ["/api/rank"] } }),
      ingressRoute("t-strip", "rank", [
        traefikRule("Host(`strip-t.test`) && PathPrefix(`/api/rank`)", "rank", { middlewares: [{ name: "strip" }] }),
      ]),
    ],
    api: { namespace: "t-strip", name: "rank" },
    shows: everything("http://strip-t.test/api/rank"),
    elsewhere: ["POST http://strip-t.test/predict"],
  },
  {
    name: "a prefix is taken off and another one added, in a chain",
    objects: [
      model("t-chain", "rank"),
      middleware("t-chain", "strip", { stripPrefix: { prefixes: ["/rank"] } }),
      middleware("t-chain", "add", { addPrefix: { prefix: "/v1/models" } }),
      middleware("t-chain", "both", { chain: { middlewares: [{ name: "strip" }, { name: "add" }] } }),
      ingressRoute("t-chain", "rank", [
        traefikRule("Host(`chain-t.test`) && PathPrefix(`/rank`)", "rank", { middlewares: [{ name: "both" }] }),
      ]),
    ],
    api: { namespace: "t-chain", name: "rank" },
    shows: [
      "GET http://chain-t.test/rank/rank > /v1/models/rank",
      "POST http://chain-t.test/rank/rank:predict > /v1/models/rank:predict",
    ],
  },
  {
    name: "the whole path becomes another one",
    objects: [
      model("t-replace", "rank"),
      middleware("t-replace", "predict", { replacePath: { path: "/predict" } }),
      ingressRoute("t-replace", "rank", [
        traefikRule("Host(`replace-t.test`) && Path(`/score`)", "rank", { middlewares: [{ name: "predict" }] }),
      ]),
    ],
    api: { namespace: "t-replace", name: "rank" },
    shows: ["POST http://replace-t.test/score > /predict"],
    elsewhere: ["POST http://replace-t.test/predict"],
  },
  {
    name: "paths that are changed by a pattern are not shown, although calls meet it",
    objects: [
      model("t-regex", "rank"),
      middleware("t-regex", "regex", { replacePathRegex: { regex: "^/api/(.*)", replacement: "/$1" } }),
      ingressRoute("t-regex", "rank", [
        traefikRule("Host(`regex-t.test`) && PathPrefix(`/api`)", "rank", { middlewares: [{ name: "regex" }] }),
      ]),
    ],
    api: { namespace: "t-regex", name: "rank" },
    shows: [],
    elsewhere: ["POST http://regex-t.test/predict"],
  },
  {
    name: "a redirect to https leaves nothing at http",
    objects: [
      model("t-redirect", "rank"),
      middleware("t-redirect", "secure", { redirectScheme: { scheme: "https" } }),
      ingressRoute("t-redirect", "rank", [
        traefikRule("Host(`redirect-t.test`)", "rank", { middlewares: [{ name: "secure" }] }),
      ]),
      ingressRoute("t-redirect", "secure", [traefikRule("Host(`redirect-t.test`)", "rank")], {
        entryPoints: ["websecure"],
        tls: {},
      }),
    ],
    api: { namespace: "t-redirect", name: "rank" },
    shows: everything("https://redirect-t.test"),
    elsewhere: ["POST http://redirect-t.test/predict"],
  },
  {
    name: "a missing Middleware takes the route down",
    objects: [
      model("t-missing", "rank"),
      ingressRoute("t-missing", "rank", [
        traefikRule("Host(`missing-t.test`)", "rank", { middlewares: [{ name: "none" }] }),
      ]),
    ],
    api: { namespace: "t-missing", name: "rank" },
    shows: [],
    elsewhere: ["POST http://missing-t.test/predict"],
  },
];

const backends: readonly GatewayCase[] = [
  {
    name: "weights reach each revision",
    objects: [
      model("t-weights", "one"),
      model("t-weights", "two"),
      {
        apiVersion: "traefik.io/v1alpha1",
        kind: "TraefikService",
        metadata: { namespace: "t-weights", name: "split" },
        spec: { weighted: { services: [backend("one", { weight: 3 }), backend("two", { weight: 1 })] } },
      },
      ingressRoute("t-weights", "rank", [
        traefikRule("Host(`weights-t.test`)", [{ kind: "TraefikService", name: "split" }]),
      ]),
    ],
    api: { namespace: "t-weights", name: "rank" },
    shows: everything("http://weights-t.test"),
    revisions: ["t-weights/one", "t-weights/two"],
  },
  {
    name: "a Service of another namespace is served only where a setting of Traefik's allows it",
    objects: [
      model("t-other", "rank"),
      ingressRoute("t-crossing", "rank", [
        traefikRule("Host(`crossing-t.test`)", [backend("rank", { namespace: "t-other" })]),
      ]),
    ],
    api: { namespace: "t-other", name: "rank" },
    shows: [],
    elsewhere: ["POST http://crossing-t.test/predict"],
    problem: "allowCrossNamespace",
  },
  {
    name: "so is a route through a Middleware of another namespace",
    objects: [
      model("t-through", "rank"),
      middleware("t-shared", "strip", { stripPrefix: { prefixes: ["/api"] } }),
      ingressRoute("t-through", "rank", [
        traefikRule("Host(`through-t.test`) && PathPrefix(`/api`)", "rank", {
          middlewares: [{ name: "strip", namespace: "t-shared" }],
        }),
      ]),
    ],
    api: { namespace: "t-through", name: "rank" },
    shows: [],
    elsewhere: ["POST http://through-t.test/api/predict"],
    problem: "allowCrossNamespace",
  },
  {
    name: "a route without a Service that exists leaves its calls to wider ones",
    objects: [
      model("t-gone", "rank"),
      ingressRoute("t-gone", "rank", [traefikRule("Host(`gone-t.test`)", "rank")]),
      ingressRoute("t-gone", "gone", [traefikRule("Host(`gone-t.test`) && PathPrefix(`/v1`)", "missing")]),
    ],
    api: { namespace: "t-gone", name: "rank" },
    shows: everything("http://gone-t.test"),
  },
];

const precedence: readonly GatewayCase[] = [
  {
    name: "a longer rule takes its paths away",
    objects: [
      model("t-wide", "wide"),
      model("t-wide", "narrow"),
      ingressRoute("t-wide", "wide", [traefikRule("Host(`wide-t.test`)", "wide")]),
      ingressRoute("t-wide", "narrow", [traefikRule("Host(`wide-t.test`) && PathPrefix(`/v1`)", "narrow")]),
    ],
    api: { namespace: "t-wide", name: "wide" },
    shows: ["GET http://wide-t.test/health > /health", "POST http://wide-t.test/predict > /predict"],
    elsewhere: ["GET http://wide-t.test/v1/models/rank"],
  },
  {
    name: "a priority goes before the length of a rule",
    objects: [
      model("t-first", "wide"),
      model("t-first", "narrow"),
      ingressRoute("t-first", "wide", [traefikRule("Host(`first-t.test`)", "wide", { priority: 1000 })]),
      ingressRoute("t-first", "narrow", [traefikRule("Host(`first-t.test`) && PathPrefix(`/v1`)", "narrow")]),
    ],
    api: { namespace: "t-first", name: "wide" },
    shows: everything("http://first-t.test"),
  },
  {
    name: "what a priority of another route takes away is not shown",
    objects: [
      model("t-last", "wide"),
      model("t-last", "narrow"),
      ingressRoute("t-last", "wide", [traefikRule("Host(`last-t.test`)", "wide", { priority: 1000 })]),
      ingressRoute("t-last", "narrow", [traefikRule("Host(`last-t.test`) && PathPrefix(`/v1`)", "narrow")]),
    ],
    api: { namespace: "t-last", name: "narrow" },
    shows: [],
    elsewhere: ["GET http://last-t.test/v1/models/rank"],
    problem: "Calls there go to IngressRoute t-last/wide",
  },
  {
    name: "a rule that is longer by its text alone goes first too",
    objects: [
      model("t-text", "wide"),
      model("t-text", "narrow"),
      ingressRoute("t-text", "wide", [
        traefikRule("(Host(`text-t.test`) || Host(`a-much-longer-name.text-t.test`)) && PathPrefix(`/v1`)", "wide"),
      ]),
      ingressRoute("t-text", "narrow", [traefikRule("Host(`text-t.test`) && PathPrefix(`/v1/models`)", "narrow")]),
    ],
    api: { namespace: "t-text", name: "narrow" },
    shows: [],
    elsewhere: ["GET http://text-t.test/v1/models/rank"],
    problem: "Calls there go to IngressRoute t-text/wide",
  },
  {
    name: "a method takes only its own calls",
    objects: [
      model("t-post", "all"),
      model("t-post", "post"),
      ingressRoute("t-post", "all", [traefikRule("Host(`post-t.test`)", "all")]),
      ingressRoute("t-post", "post", [traefikRule("Host(`post-t.test`) && Method(`POST`)", "post")]),
    ],
    api: { namespace: "t-post", name: "all" },
    shows: everything("http://post-t.test").filter((shown) => shown.startsWith("GET")),
    elsewhere: ["POST http://post-t.test/predict"],
  },
  {
    name: "a rule with a higher priority takes its methods alone",
    objects: [
      model("t-methods", "wide"),
      model("t-methods", "narrow"),
      ingressRoute("t-methods", "wide", [
        traefikRule("Host(`methods-t.test`) && Method(`POST`)", "wide", { priority: 1000 }),
      ]),
      ingressRoute("t-methods", "narrow", [traefikRule("Host(`methods-t.test`) && PathPrefix(`/v1`)", "narrow")]),
    ],
    api: { namespace: "t-methods", name: "narrow" },
    shows: ["GET http://methods-t.test/v1/models/rank > /v1/models/rank"],
    elsewhere: ["POST http://methods-t.test/v1/models/rank:predict"],
  },
];

/** What IngressRoutes must come to. */
export const ingressRouteCases: readonly GatewayCase[] = [...matches, ...middlewares, ...backends, ...precedence];
