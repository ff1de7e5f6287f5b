import { describe, expect, it } from "vitest";
import type { Discovery } from "../model/index.ts";
import { apiOf, describing, found, namesOf, object } from "./testdata/objects.ts";
import { gateway, model, route } from "./testdata/world.ts";

const day = (number: number): string => `2026-01-0${String(number)}T00:00:00Z`;

const claiming = (name: string, api: string, created = day(1), more = ""): string =>
  model(name, { created, annotations: `{ gatebook.dev/api: "${api}"${more === "" ? "" : `, ${more}`} }` });

const grant = (from: string, to: string, target = "{ group: '', kind: Service }", kind = "ApiDescription"): string =>
  object(
    "gateway.networking.k8s.io/v1beta1 ReferenceGrant",
    "grant",
    `spec: { from: [{ group: gatebook.dev, kind: ${kind}, namespace: ${from} }], to: [${target}] }`,
    `namespace: ${to}`,
  );

/** What became of each ApiDescription: the API that it names, or why it names none. */
const told = ({ descriptions }: Discovery): Readonly<Record<string, string>> =>
  Object.fromEntries(
    descriptions.map(({ key, api, refusal, missing }) => [
      key.name,
      api === null
        ? refusal === null
          ? (missing ?? "")
          : `${refusal.reason}: ${refusal.message}`
        : `${api.kind} ${api.namespace}/${api.name}`,
    ]),
  );

describe("a target", () => {
  const leads = gateway() + route("r", "{ backendRefs: [{ name: a, port: 80 }] }");
  const weighs = gateway() + route("r", "{ backendRefs: [{ name: a, port: 80 }, { name: b, port: 80 }] }");
  const ready = 'status: { conditions: [{ type: Ready, status: "True" }] }';
  const isvc = object(
    "serving.kserve.io/v1beta1 InferenceService",
    "iris",
    `spec: { predictor: { model: { modelFormat: { name: sklearn } } } }\n${ready}`,
  );
  const pool = object(
    "inference.networking.k8s.io/v1 InferencePool",
    "qwen",
    "spec: { selector: { matchLabels: { app: qwen } }, targetPorts: [{ number: 8000 }] }",
  );

  it.each([
    ["a Service", model("a"), "{ kind: Service, name: a }"],
    [
      "a route that leads to a Service",
      model("a") + leads,
      "{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }",
    ],
    [
      "a route that weighs Services",
      model("a") + model("b") + weighs,
      "{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }",
    ],
    ["one of the Services that it weighs", model("a") + model("b") + weighs, "{ kind: Service, name: b }"],
    ["a model resource", isvc, "{ group: serving.kserve.io, kind: InferenceService, name: iris }"],
    ["what belongs to one", isvc + model("iris-predictor"), "{ kind: Service, name: iris-predictor }"],
    [
      "a Service of Knative's",
      object("serving.knative.dev/v1 Service", "mood", ready),
      "{ group: serving.knative.dev, kind: Service, name: mood }",
    ],
    ["a pool", pool, "{ group: inference.networking.k8s.io, kind: InferencePool, name: qwen }"],
  ])("may be %s", (_, yaml, target) => {
    const discovery = found(yaml + describing("scores", [target], { spec: "title: Scores" }));
    expect(namesOf(discovery)).toEqual(["ApiDescription scores"]);
    expect(discovery.apis[0]?.title).toBe("Scores");
    expect(discovery.warnings).toEqual([]);
  });
});

it("an ApiDescription lists what nothing else would list", () => {
  const bare = model("churn", { args: '["./server"]' });
  expect(namesOf(found(bare))).toEqual([]);
  expect(namesOf(found(bare + describing("scores", ["churn"])))).toEqual(["ApiDescription scores"]);
});

describe("targets in another namespace", () => {
  const yaml =
    model("churn", { namespace: "models" }) +
    describing("scores", ["{ kind: Service, name: churn, namespace: models }"], { spec: "title: Scores" });

  it.each([
    ["of all Services", grant("team", "models")],
    ["of this one by name", grant("team", "models", "{ group: '', kind: Service, name: churn }")],
  ])("are described where a ReferenceGrant there allows it: %s", (_, allowed) => {
    const discovery = found(yaml + allowed);
    expect(apiOf(discovery, "scores")).toMatchObject({
      key: { kind: "ApiDescription", namespace: "team", name: "scores" },
      title: "Scores",
      internalUrl: "http://churn.models.svc:80",
    });
    expect(told(discovery)).toEqual({ scores: "ApiDescription team/scores" });
  });

  it.each([
    ["no grant", ""],
    ["a grant in its own namespace", grant("team", "team")],
    ["a grant for another namespace", grant("guest", "models")],
    ["a grant for routes", grant("team", "models", undefined, "HTTPRoute")],
    ["a grant of another kind", grant("team", "models", "{ group: serving.kserve.io, kind: InferenceService }")],
    ["a grant of another name", grant("team", "models", "{ group: '', kind: Service, name: other }")],
  ])("are refused with %s, and stand by themselves", (_, given) => {
    const discovery = found(yaml + given);
    expect(namesOf(discovery)).toEqual(["Service churn"]);
    expect(discovery.apis[0]?.title).toBeNull();
    expect(told(discovery)).toEqual({
      scores:
        "RefNotPermitted: Service models/churn lies in another namespace, and no ReferenceGrant there lets ApiDescriptions of team speak of it.",
    });
  });

  it("one that may not be described takes the whole description with it", () => {
    const both =
      model("own") +
      model("churn", { namespace: "models" }) +
      describing("scores", ["own", "{ kind: Service, name: churn, namespace: models }"]);
    expect(namesOf(found(both))).toEqual(["Service churn", "Service own"]);
  });
});

describe("an ApiDescription that is not used", () => {
  it("names no target", () => {
    const discovery = found(describing("scores", []));
    expect(told(discovery)).toEqual({
      scores: "NoTargets: It names no target; write spec.targetRefs with one object at least.",
    });
    expect(discovery.warnings.map(({ object: { name } }) => name)).toEqual(["scores"]);
  });

  it("is conflicted where an older one describes one of its targets, which loses nothing by it", () => {
    const discovery = found(
      model("v1") +
        model("v2") +
        describing("late", ["v2", "v1"], { created: day(2) }) +
        describing("early", ["v1"], { created: day(1) }),
    );
    expect(told(discovery)).toEqual({
      early: "ApiDescription team/early",
      late: "Conflicted: ApiDescription team/early is older and describes Service v1 already; this one is not used.",
    });
    expect(namesOf(discovery)).toEqual(["Service v2", "ApiDescription early"]);
  });

  it("of the same age the name decides", () => {
    const discovery = found(model("v1") + describing("b", ["v1"]) + describing("a", ["v1"]));
    expect(namesOf(discovery)).toEqual(["ApiDescription a"]);
  });

  it("finds its name taken by an older annotation, and the other way round", () => {
    const taken = found(
      claiming("old", "scores", day(1)) + model("v2") + describing("scores", ["v2"], { created: day(2) }),
    );
    expect(told(taken)).toEqual({
      scores:
        "NameTaken: Service old is older and has the name scores by its annotation gatebook.dev/api; this one is not used.",
    });
    expect(apiOf(taken, "scores").lines).toEqual([{ name: "main", currentRevision: "old" }]);
    const first = found(
      claiming("late", "scores", day(3)) + model("v2") + describing("scores", ["v2"], { created: day(2) }),
    );
    expect(namesOf(first)).toEqual(["Service late", "ApiDescription scores"]);
    expect(first.warnings.map(({ object: { name }, message }) => `${name}: ${message}`)).toEqual([
      "late: ApiDescription scores is older and has the name scores; this one stands by itself.",
    ]);
  });

  it("may describe what claims its name", () => {
    const discovery = found(claiming("old", "scores", day(1)) + describing("scores", ["old"], { created: day(2) }));
    expect(told(discovery)).toEqual({ scores: "ApiDescription team/scores" });
  });

  it.each([
    ["all it has", "", ["{ kind: Service, name: gone }"]],
    ["one of them", model("here"), ["{ kind: Service, name: here }", "{ kind: Service, name: gone }"]],
  ])("says so where a target does not exist: %s", (_, yaml, targets) => {
    const discovery = found(yaml + describing("scores", targets));
    expect(discovery.descriptions.map(({ missing }) => missing)).toEqual(["Its target Service gone does not exist."]);
    expect(discovery.warnings.map(({ object: { name }, message }) => `${name}: ${message}`)).toEqual([
      "scores: Its target Service gone does not exist.",
    ]);
  });

  it.each([
    [
      "is left out",
      model("gone", { annotations: '{ gatebook.dev/ignore: "true" }' }),
      "{ kind: Service, name: gone }",
      "Service gone",
    ],
    ["is of a kind that is none", model("gone"), "{ kind: Secret, name: gone }", "Secret gone"],
  ])("says so where its target %s", (_, yaml, target, name) => {
    expect(told(found(yaml + describing("scores", [target])))).toEqual({
      scores: `Its target ${name} is no API: it is of a kind that is none, belongs to another object, or was left out.`,
    });
  });

  it("keeps what a controller needs of it: uid, generation, status", () => {
    const yaml = object(
      "gatebook.dev/v1alpha1 ApiDescription",
      "scores",
      "spec: { targetRefs: [] }\nstatus: { observedGeneration: 3 }",
      "uid: u-1, generation: 4",
    );
    expect(found(yaml).descriptions).toMatchObject([
      {
        key: { kind: "ApiDescription", name: "scores" },
        uid: "u-1",
        generation: 4,
        status: { observedGeneration: 3 },
        api: null,
        missing: null,
      },
    ]);
  });
});
