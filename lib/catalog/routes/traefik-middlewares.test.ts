import { describe, it } from "vitest";
import { object } from "../testdata/objects.ts";
import { at, expectApis, model } from "../testdata/world.ts";
import type { ExpectedApi } from "../testdata/world.ts";

const host = "Host(`m.corp.test`)";
const site = "http://m.corp.test";
const ingressRoute = (match: string, middlewares: string, points = "[web]"): string =>
  object(
    "traefik.io/v1alpha1 IngressRoute",
    "r",
    `spec: { entryPoints: ${points}, routes: [{ kind: Rule, match: '${match}', middlewares: [${middlewares}], services: [{ name: churn, port: 80 }] }] }`,
  );
const middleware = (name: string, spec: string, namespace = "team"): string =>
  object("traefik.io/v1alpha1 Middleware", name, `spec: ${spec}`, `namespace: ${namespace}`);
const strip = (prefix: string): string => `{ stripPrefix: { prefixes: [${prefix}] } }`;
const toHttps = middleware("secure", "{ redirectScheme: { scheme: https, permanent: true } }");

const crossing =
  "Middleware edge/st lies in another namespace: Traefik serves it only where allowCrossNamespace is set.";

describe("Middlewares", () => {
  const churn = (backend: string): ExpectedApi => ({ ways: [`${site}/churn text-prefix:/churn->${backend}`] });
  const gone = (name: string): ExpectedApi => ({
    reason: `Middleware ${name} does not exist, and without it Traefik does not serve the route.`,
  });
  const add = middleware("add", "{ addPrefix: { prefix: /v1 } }");
  const stripping = middleware("st", strip("/churn"));

  it.each<[string, string, string, ExpectedApi]>([
    ["stripPrefix takes a prefix away", "{ name: st }", stripping, churn("/")],
    ["stripPrefix of another prefix changes nothing", "{ name: st }", middleware("st", strip("/x")), churn("/churn")],
    [
      "stripPrefix of a narrower prefix is not followed",
      "{ name: st }",
      middleware("st", strip("/churn/v1")),
      { reason: "Middleware st takes /churn/v1 off some of its calls, which is not followed." },
    ],
    ["addPrefix comes after it", "{ name: st }, { name: add }", stripping + add, churn("/v1")],
    ["addPrefix before it hides the prefix", "{ name: add }, { name: st }", stripping + add, churn("/v1/churn")],
    [
      "replacePath makes one path of all",
      "{ name: re }",
      middleware("re", "{ replacePath: { path: /predict } }"),
      { ways: [`${site}/churn exact:/churn->/predict`] },
    ],
    [
      "replacePathRegex is not followed",
      "{ name: re }",
      middleware("re", '{ replacePathRegex: { regex: "^/churn/(.*)", replacement: "/$1" } }'),
      { reason: "Middleware re changes paths by patterns (replacePathRegex), which is not followed." },
    ],
    [
      "stripPrefixRegex is not followed",
      "{ name: re }",
      middleware("re", '{ stripPrefixRegex: { regex: ["/c[a-z]+"] } }'),
      { reason: /\(stripPrefixRegex\), which is not followed\.$/ },
    ],
    [
      "a chain is what it names",
      "{ name: ch }",
      stripping + middleware("ch", "{ chain: { middlewares: [{ name: st }] } }"),
      churn("/"),
    ],
    [
      "one of another namespace counts, where Traefik lets it",
      "{ name: st, namespace: edge }",
      middleware("st", strip("/churn"), "edge"),
      { ...churn("/"), problems: [crossing], reason: crossing },
    ],
    ["one that is missing keeps the route from being served", "{ name: st }", "", gone("team/st")],
    [
      "one that is missing in a chain does too",
      "{ name: ch }",
      middleware("ch", "{ chain: { middlewares: [{ name: st }] } }"),
      gone("team/st"),
    ],
    ["a redirect to https leaves no address by http", "{ name: secure }", toHttps, {}],
    [
      "a redirect of some calls is told",
      "{ name: re }",
      middleware("re", '{ redirectRegex: { regex: "/old$", replacement: "/new" } }'),
      {
        ...churn("/churn"),
        problems: ["Some calls to it are redirected."],
        reason: "Some calls to it are redirected.",
      },
    ],
  ])("%s", (_, names, objects, expected) => {
    const yaml = ingressRoute(`${host} && PathPrefix(\`/churn\`)`, names);
    expectApis(model("churn") + objects + yaml, { churn: expected });
  });

  it("a redirect to https leaves the address by https", () => {
    const yaml = ingressRoute(host, "{ name: secure }", "[web, websecure]");
    expectApis(model("churn") + toHttps + yaml, { churn: at("https://m.corp.test") });
  });
});

describe("an Ingress of Traefik's", () => {
  const word = (name: string, value: string): string => `traefik.ingress.kubernetes.io/router.${name}: "${value}"`;
  const churn = (backend: string): ExpectedApi => ({ ways: [`${site}/churn prefix:/churn->${backend}`] });
  const secure: ExpectedApi = { ways: ["https://m.corp.test/churn prefix:/churn->/churn"] };
  const named = (name: string): string => word("middlewares", `${name}@kubernetescrd`);

  it.each<[string, string, string, ExpectedApi]>([
    ["TLS is https", word("tls", "true"), "", secure],
    ["websecure is https", word("entrypoints", "websecure"), "", secure],
    ["Middlewares change its paths", named("team-st"), middleware("st", strip("/churn")), churn("/")],
    [
      "namespaces may have hyphens",
      named("my-team-st-it"),
      middleware("st-it", strip("/churn"), "my-team"),
      churn("/"),
    ],
    [
      "one after the other",
      word("middlewares", "team-st@kubernetescrd, team-add@kubernetescrd"),
      middleware("st", strip("/churn")) + middleware("add", "{ addPrefix: { prefix: /v1 } }"),
      churn("/v1"),
    ],
    ["those of a file are nobody's here", word("middlewares", "auth@file"), "", churn("/churn")],
    [
      "one that is missing keeps it from being served",
      named("team-gone"),
      "",
      { reason: /^Middleware team-gone does not exist/ },
    ],
    ["a redirect to https leaves no address by http", named("team-secure"), toHttps, {}],
    [
      "a path of the third type is what its annotation says",
      word("pathmatcher", "Path"),
      "",
      { ways: [`${site}/churn exact:/churn->/churn`] },
    ],
    ["a pattern too", word("pathmatcher", "PathRegexp"), "", { ways: [`${site}/churn text-prefix:/churn->/churn`] }],
    [
      "another matcher is not followed",
      word("pathmatcher", "Host"),
      "",
      { reason: "Its paths are read as Host, which is not followed." },
    ],
    ["but one by https", `${named("team-secure")}, ${word("entrypoints", "websecure")}`, toHttps, secure],
  ])("%s", (_, annotations, objects, expected) => {
    const type = annotations.includes("pathmatcher") ? "ImplementationSpecific" : "Prefix";
    const ingress = object(
      "networking.k8s.io/v1 Ingress",
      "i",
      `spec: { ingressClassName: traefik, rules: [{ host: m.corp.test, http: { paths: [{ path: /churn, pathType: ${type}, backend: { service: { name: churn, port: { number: 80 } } } }] } }] }
status: { loadBalancer: { ingress: [{ ip: 10.8.8.8 }] } }`,
      `annotations: { ${annotations} }`,
    );
    expectApis(model("churn") + objects + ingress, { churn: expected });
  });
});
