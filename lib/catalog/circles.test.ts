import { describe, expect, it } from "vitest";
import { foundBounded } from "./testdata/bounds.ts";
import { apiOf, namesOf, object, service, urlsOf } from "./testdata/objects.ts";
import { model } from "./testdata/world.ts";

/** Items in flow form, made by their number. */
function many(count: number, make: (index: number) => string): string {
  return `[${Array.from({ length: count }, (_, index) => make(index)).join(", ")}]`;
}

describe("circles", () => {
  const owned = (kind: string, name: string): string => {
    const versions: Readonly<Record<string, string>> = {
      InferenceService: "serving.kserve.io/v1beta1",
      Deployment: "apps/v1",
      Service: "serving.knative.dev/v1",
    };
    return `ownerReferences: [{ apiVersion: ${versions[kind] ?? "v1"}, kind: ${kind}, name: ${name} }]`;
  };
  const kserve = (name: string, more: string): string =>
    object("serving.kserve.io/v1beta1 InferenceService", name, "spec: { predictor: { model: {} } }", more);
  const knative = (name: string, more: string): string =>
    object("serving.knative.dev/v1 Service", name, "spec: {}", more);

  it.each([
    ["what owns itself", kserve("a", owned("InferenceService", "a")), ["InferenceService a"]],
    [
      "two that own each other",
      kserve("a", owned("Service", "b")) + knative("b", owned("InferenceService", "a")),
      ["InferenceService a", "KnativeService b"],
    ],
    [
      "three in a row, and what hangs on them",
      kserve("a", owned("Service", "b")) +
        knative("b", owned("InferenceService", "c")) +
        kserve("c", owned("InferenceService", "a")) +
        service("d", "app: d", { more: owned("InferenceService", "a") }),
      ["InferenceService a", "InferenceService c", "KnativeService b"],
    ],
  ])("of ownership: %s", (_, yaml, apis) => {
    expect([...namesOf(foundBounded(yaml))].sort()).toEqual(apis);
  });

  it("a chain of a thousand owners ends", () => {
    const chain = Array.from({ length: 1_000 }, (_, index) =>
      kserve(`a${String(index)}`, owned("InferenceService", `a${String(index + 1)}`)),
    ).join("");
    const discovery = foundBounded(chain);
    expect(discovery.apis.length + discovery.leftOut.length).toBe(1_000);
  });

  it("of TraefikServices that name each other sixteen times", () => {
    const weighted = (name: string, other: string): string =>
      object(
        "traefik.io/v1alpha1 TraefikService",
        name,
        `spec: { weighted: { services: ${many(16, () => `{ name: ${other}, kind: TraefikService, weight: 1 }`)} } }`,
      );
    const ingressRoute = object(
      "traefik.io/v1alpha1 IngressRoute",
      "r",
      "spec: { routes: [{ match: 'Host(`m.test`)', services: [{ name: a, kind: TraefikService }, { name: churn, port: 80 }] }] }",
    );
    const discovery = foundBounded(model("churn") + weighted("a", "b") + weighted("b", "a") + ingressRoute);
    expect(apiOf(discovery, "churn").endpoints[0]?.problem).toMatch(/^50 % of the calls/);
    expect(discovery.warnings.length).toBeLessThanOrEqual(3);
  });

  it("of Middlewares that name each other sixteen times", () => {
    const chain = (name: string, other: string): string =>
      object(
        "traefik.io/v1alpha1 Middleware",
        name,
        `spec: { addPrefix: { prefix: /${"p".repeat(900)} }, chain: { middlewares: ${many(16, () => `{ name: ${other} }`)} } }`,
      );
    const ingressRoute = object(
      "traefik.io/v1alpha1 IngressRoute",
      "r",
      "spec: { routes: [{ match: 'Host(`m.test`)', middlewares: [{ name: a }], services: [{ name: churn, port: 80 }] }] }",
    );
    const api = apiOf(foundBounded(model("churn") + chain("a", "b") + chain("b", "a") + ingressRoute), "churn");
    expect([urlsOf(api), api.stateReason]).toEqual([[], "Its Middlewares lead through more others than are followed."]);
  });

  it("of nodes of an InferenceGraph, and of models that stand for each other", () => {
    const graph = object(
      "serving.kserve.io/v1alpha1 InferenceGraph",
      "graph",
      "spec: { nodes: { root: { routerType: Sequence, steps: [{ nodeName: next }] }, next: { routerType: Sequence, steps: [{ nodeName: root }] } } }",
    );
    const experiment = (name: string, other: string): string =>
      object(
        "mlops.seldon.io/v1alpha1 Experiment",
        name,
        `spec: { default: ${name}, candidates: [{ name: ${other}, weight: 1 }, { name: ${name}, weight: 1 }] }`,
      );
    const seldon = (name: string): string => object("mlops.seldon.io/v1alpha1 Model", name, "spec: {}");
    const discovery = foundBounded(graph + seldon("a") + seldon("b") + experiment("a", "b") + experiment("b", "a"));
    expect([...namesOf(discovery)].sort()).toEqual(["InferenceGraph graph", "Model a", "Model b"]);
    expect(apiOf(discovery, "graph").probes[0]?.composed).toEqual({ entry: null, exit: null });
  });
});
