import { describe, expect, it } from "vitest";
import { apiOf, describing, found, namesOf, object, onlyApi, probesOf } from "./testdata/objects.ts";
import { gateway, model, route } from "./testdata/world.ts";

const day = (number: number): string => `2026-01-0${String(number)}T00:00:00Z`;

const claiming = (name: string, api: string, created = day(1), more = ""): string =>
  model(name, { created, annotations: `{ gatebook.dev/api: "${api}"${more === "" ? "" : `, ${more}`} }` });

describe("several targets of one ApiDescription", () => {
  const yaml = model("v1", { created: day(2) }) + model("v2", { created: day(1) }) + describing("scores", ["v1", "v2"]);

  it("are lines of one API in the order of the targets, the first its own", () => {
    const api = onlyApi(yaml);
    expect(api.key).toMatchObject({ group: "gatebook.dev", kind: "ApiDescription", namespace: "team", name: "scores" });
    expect(api.lines).toEqual([
      { name: "main", currentRevision: "v1" },
      { name: "v2", currentRevision: "v2" },
    ]);
    expect(api.revisions.map(({ line, name, trafficPercent }) => [line, name, trafficPercent])).toEqual([
      ["main", "v1", 100],
      ["v2", "v2", 100],
    ]);
    expect(api.endpoints.map(({ line, url }) => [line, url])).toEqual([
      ["main", "http://v1.team.svc:80"],
      ["v2", "http://v2.team.svc:80"],
    ]);
    expect(api.probes.map(({ line, revision }) => [line, revision])).toEqual([
      ["main", "v1"],
      ["v2", "v2"],
    ]);
    expect(api.internalUrl).toBe("http://v1.team.svc:80");
  });

  it("are known by their own objects too, so that a rename is no new API", () => {
    expect(onlyApi(yaml).members.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "ApiDescription scores",
      "Service v1",
      "Service v2",
    ]);
  });

  it("are named as the target says, where that can be a name", () => {
    const lines = (first: string, second: string): readonly string[] =>
      onlyApi(
        model("v1") +
          model("v2") +
          describing("scores", [
            `{ kind: Service, name: v1, line: "${first}" }`,
            `{ kind: Service, name: v2, line: "${second}" }`,
          ]),
      ).lines.map(({ name }) => name);
    expect(lines("2024", "2025.1")).toEqual(["2024", "2025.1"]);
    expect(lines("one", "one")).toEqual(["one", "one-2"]);
    expect(lines("No Name", "Zwei!")).toEqual(["main", "v2"]);
  });

  it("one that is missing leaves the others as they are", () => {
    const discovery = found(model("v2") + describing("scores", ["v2", "gone"]));
    expect(apiOf(discovery, "scores").lines).toEqual([{ name: "main", currentRevision: "v2" }]);
    expect(discovery.descriptions.map(({ api }) => api?.name)).toEqual(["scores"]);
  });

  it("two that are one API already are one line", () => {
    const weighed =
      model("a") +
      model("b") +
      gateway() +
      route("both", "{ backendRefs: [{ name: a, port: 80 }, { name: b, port: 80 }] }");
    const api = onlyApi(weighed + describing("scores", ["a", "b"]));
    expect(api.lines).toEqual([{ name: "main", currentRevision: "a" }]);
    expect(api.revisions.map(({ name, trafficPercent }) => [name, trafficPercent])).toEqual([
      ["a", 50],
      ["b", 50],
    ]);
  });

  it("revisions of one name are told apart by their lines", () => {
    const knative = (name: string): string =>
      object(
        "serving.knative.dev/v1 Service",
        name,
        'status: { latestReadyRevisionName: same-00001, latestCreatedRevisionName: same-00001, conditions: [{ type: Ready, status: "True" }] }',
      );
    const ref = (name: string): string => `{ group: serving.knative.dev, kind: Service, name: ${name} }`;
    const api = onlyApi(knative("a") + knative("b") + describing("scores", [ref("a"), ref("b")]));
    expect(api.revisions.map(({ name }) => name)).toEqual(["same-00001", "b/same-00001"]);
    expect(api.lines).toEqual([
      { name: "main", currentRevision: "same-00001" },
      { name: "b", currentRevision: "b/same-00001" },
    ]);
    expect(api.probes.map(({ line, revision }) => [line, revision])).toEqual([
      ["main", "same-00001"],
      ["b", "b/same-00001"],
    ]);
  });

  it("are asked each by itself, at the same declared place", () => {
    const api = onlyApi(
      model("v1") +
        model("v2") +
        describing("scores", ["v1", "v2"], { spec: "description: { path: /own.json, port: 9000 }" }),
    );
    expect(probesOf(api)).toEqual(["v1 10.1.0.7:9000 10.0.0.5:80", "v2 10.1.0.7:9000 10.0.0.5:80"]);
    expect(api.probes.map(({ declared }) => declared)).toEqual([
      { kind: "path", path: "/own.json", port: 9000 },
      { kind: "path", path: "/own.json", port: 9000 },
    ]);
  });

  it("the state is that of the best line, with the reasons of all", () => {
    const api = onlyApi(model("v1", { ready: false }) + model("v2") + describing("scores", ["v1", "v2"]));
    expect(api).toMatchObject({ state: "ready", stateReason: "None of its pods is ready." });
    const other = onlyApi(model("v1") + model("v2", { ready: false }) + describing("scores", ["v1", "v2"]));
    expect(other).toMatchObject({ state: "ready", stateReason: "Line v2: None of its pods is ready." });
    const both = onlyApi(
      model("v1", { ready: false }) + model("v2", { ready: false }) + describing("scores", ["v1", "v2"]),
    );
    expect(both).toMatchObject({ state: "unready", stateReason: "None of its pods is ready." });
  });
});

describe("the words of an ApiDescription", () => {
  it("count before those of its targets, place by place", () => {
    const own =
      '{ gatebook.dev/title: Theirs, gatebook.dev/tags: theirs, gatebook.dev/openapi-url: "https://docs.corp.test/theirs" }';
    const spec =
      "title: Scores, owner: fraud, description: { inline: '{}' }, publicUrl: 'https://ai.corp.test/scores', server: bentoml";
    const api = onlyApi(model("churn", { annotations: own }) + describing("scores", ["churn"], { spec }));
    expect(api).toMatchObject({ title: "Scores", owner: "fraud", tags: ["theirs"], server: "bentoml" });
    expect(api.probes[0]?.declared).toEqual({ kind: "inline", place: "ApiDescription team/scores", text: "{}" });
    expect(api.endpoints[0]?.url).toBe("https://ai.corp.test/scores");
  });

  it("a visibility that it names is that of each of its lines", () => {
    const yaml = model("v1") + model("v2") + describing("scores", ["v1", "v2"], { spec: 'visibility: "group:fraud"' });
    expect(onlyApi(yaml).visibility).toEqual({ kind: "groups", groups: ["fraud"] });
  });
});

describe("gatebook.dev/api on several objects", () => {
  it("makes lines of one API, the oldest its own, and a line is named by gatebook.dev/line", () => {
    const yaml =
      claiming("new", "scores", day(3), "gatebook.dev/line: beta") +
      claiming("mid", "scores", day(2)) +
      claiming("old", "scores", day(1));
    expect(onlyApi(yaml).lines).toEqual([
      { name: "main", currentRevision: "old" },
      { name: "mid", currentRevision: "mid" },
      { name: "beta", currentRevision: "new" },
    ]);
  });

  it.each([
    ["Scores", "gatebook.dev/api says `Scores`, which is no name of an object; it is not used."],
    ["a/b", "gatebook.dev/api says `a/b`, which is no name of an object; it is not used."],
  ])("%s is no name: it stands by itself, and its owner is told", (name, message) => {
    const { apis, warnings } = found(claiming("churn", name));
    expect(apis.map(({ key }) => [key.kind, key.name])).toEqual([["Service", "churn"]]);
    expect(warnings.map((warning) => warning.message)).toEqual([message]);
  });

  it("has sixteen lines at most, the oldest; the others stand by themselves and are told", () => {
    const names = Array.from({ length: 18 }, (_, index) => `m${String(index).padStart(2, "0")}`);
    const discovery = found(names.map((name) => claiming(name, "scores")).join(""));
    expect(namesOf(discovery)).toEqual(["Service m16", "Service m17", "ApiDescription scores"]);
    expect(apiOf(discovery, "scores").lines).toHaveLength(16);
    expect(discovery.warnings.map(({ object: { name }, message }) => `${name}: ${message}`)).toEqual(
      ["m16", "m17"].map(
        (name) => `${name}: The API scores has 16 lines already, which is the most; this one stands by itself.`,
      ),
    );
  });

  it("is a name within its own namespace", () => {
    const yaml =
      claiming("churn", "scores") + model("churn", { namespace: "lab", annotations: "{ gatebook.dev/api: scores }" });
    expect(found(yaml).apis.map(({ key }) => `${key.namespace}/${key.name}`)).toEqual(["lab/scores", "team/scores"]);
  });

  it("the narrowest of its lines says who may see it", () => {
    const yaml =
      claiming("a", "scores", day(1), "gatebook.dev/visibility: 'group:fraud'") + claiming("b", "scores", day(2));
    expect(onlyApi(yaml).visibility).toEqual({ kind: "groups", groups: ["fraud"] });
  });

  it("joins a model resource and a Service", () => {
    const isvc = object(
      "serving.kserve.io/v1beta1 InferenceService",
      "iris",
      'spec: { predictor: { model: { modelFormat: { name: sklearn } } } }\nstatus: { conditions: [{ type: Ready, status: "True" }] }',
      `annotations: { gatebook.dev/api: scores }, creationTimestamp: "${day(1)}"`,
    );
    expect(onlyApi(isvc + claiming("plain", "scores", day(2))).lines.map(({ name }) => name)).toEqual([
      "main",
      "plain",
    ]);
  });
});
