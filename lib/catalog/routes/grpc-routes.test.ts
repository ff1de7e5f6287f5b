import { expect, it } from "vitest";
import { found, object, urlsOf } from "../testdata/objects.ts";
import { at, condition, expectApis, gateway, model, parentStatus, route } from "../testdata/world.ts";
import type { ExpectedApi } from "../testdata/world.ts";

const http = "{ name: http, port: 80, targetPort: http }";
const grpc = "{ name: grpc, port: 9000, targetPort: 9000 }";
const churn = (ports: string): string => model("churn").replace(`[${http}]`, `[${ports}]`);
const methods = (...own: readonly string[]): string => own.map((method) => `{ method: { ${method} } }`).join(", ");

/** A GRPCRoute of one rule; it leads to the port of gRPC where nothing else is said. */
const grpcRoute = (matches = "", host = "g.corp.test", backends = "{ name: churn, port: 9000 }"): string =>
  object(
    "gateway.networking.k8s.io/v1 GRPCRoute",
    "g",
    `spec: { parentRefs: [{ name: gw }], hostnames: [${host}], rules: [{ matches: [${matches}], backendRefs: [${backends}] }] }${parentStatus({})}`,
  );
const site = "http://g.corp.test";
const httpRoute = route("h", "{ backendRefs: [{ name: churn, port: 80 }] }", { hosts: "[m.corp.test]" });

it.each<[string, string, ExpectedApi]>([
  [
    "of a service is the host, narrowed to calls of it",
    methods("service: inference.GRPCInferenceService"),
    {
      ways: [`${site} prefix:/inference.GRPCInferenceService->/inference.GRPCInferenceService POST`],
      facts: { gRPC: site, "gRPC services": "inference.GRPCInferenceService" },
    },
  ],
  [
    "of a method is that path alone",
    methods("service: a.B, method: C", "service: grpc.health.v1.Health"),
    {
      ways: [`${site} exact:/a.B/C->/a.B/C POST | prefix:/grpc.health.v1.Health->/grpc.health.v1.Health POST`],
      facts: { "gRPC services": "a.B, grpc.health.v1.Health" },
    },
  ],
  ["without a match is for everything", "", { ways: [`${site} prefix:/->/ POST`], facts: { gRPC: site } }],
  [
    "of a method of any service has a problem",
    methods("method: ModelInfer"),
    { ways: [`${site} prefix:/->/ POST`], problems: ["It is for the method ModelInfer of any service."] },
  ],
  [
    "of a pattern has no URL",
    methods("type: RegularExpression, service: '[a-z]+'"),
    { reason: "The path /[a-z]+/.* is a pattern, which is no URL." },
  ],
  [
    "of a header asks for it",
    "{ headers: [{ name: x-model, value: churn }] }",
    { ways: [`${site} prefix:/->/ POST {x-model: churn}`], headers: ["x-model: churn"] },
  ],
])("a GRPCRoute %s", (_, matches, expected) => {
  expectApis(churn(grpc) + gateway() + grpcRoute(matches), { churn: expected });
  expect(found(churn(grpc) + gateway() + grpcRoute(matches)).apis).toMatchObject([{ protocol: "grpc" }]);
});

it.each<[string, string, string]>([
  ["another port", `${http}, ${grpc}`, "{ name: churn, port: 9000 }"],
  ["the same port", http, "{ name: churn, port: 80 }"],
])("beside HTTP, gRPC at %s of a Service is a fact and no address", (_, ports, backend) => {
  const yaml = churn(ports) + gateway() + httpRoute + grpcRoute(methods("service: a.B"), undefined, backend);
  expectApis(yaml, { churn: { ...at("http://m.corp.test"), facts: { gRPC: site, "gRPC services": "a.B" } } });
  expect(found(yaml).apis.map((api) => [api.protocol, urlsOf(api, "cluster")])).toEqual([
    ["rest", ["http://churn.team.svc:80"]],
  ]);
});

it("without HTTP it is the API, at the port that it leads to", () => {
  const yaml = churn(`${http}, ${grpc}`) + gateway() + grpcRoute();
  expectApis(yaml, { churn: { ways: [`${site} prefix:/->/ POST`] } });
  expect(found(yaml).apis).toMatchObject([{ protocol: "grpc", internalUrl: "http://churn.team.svc:9000" }]);
});

it("weights of gRPC are shares of revisions", () => {
  const other = model("other").replace(`[${http}]`, `[${grpc}]`);
  const backends = "{ name: churn, port: 9000, weight: 9 }, { name: other, port: 9000 }";
  const yaml = churn(grpc) + other + gateway() + grpcRoute("", undefined, backends);
  expectApis(yaml, { g: { ways: [`${site} prefix:/->/ POST`], revisions: ["churn 90", "other 10"] } });
});

it.each<[string, string, ExpectedApi]>([
  ["for HTTPRoutes alone", "allowedRoutes: { kinds: [{ kind: HTTPRoute }] }", { reason: /takes a GRPCRoute/ }],
  ["for gRPC", "allowedRoutes: { kinds: [{ kind: GRPCRoute }] }", { ways: [`${site} prefix:/->/ POST`] }],
  ["for other hosts", "hostname: m.corp.test", { reason: /None of its host names meets/ }],
])("a listener %s", (_, more, expected) => {
  const yaml = churn(grpc) + gateway(`[{ name: a, port: 80, protocol: HTTP, ${more} }]`) + grpcRoute();
  expectApis(yaml, { churn: expected });
});

it("one that its Gateway refuses, as it does where an HTTPRoute has the host, is told", () => {
  const conditions = condition("Accepted", "False", "reason: Conflicted");
  const yaml = churn(grpc) + gateway() + grpcRoute().replace(parentStatus({}), parentStatus({ conditions }));
  expectApis(yaml, { churn: { reason: "Gateway gw does not accept it: Conflicted." } });
});
