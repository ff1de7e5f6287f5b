import { describe, expect, it } from "vitest";
import {
  apiOf,
  found,
  leftOutOf,
  namesOf,
  object,
  onlyApi,
  pod,
  revisionsOf,
  service,
  slice,
  urlsOf,
  workload,
} from "./testdata/objects.ts";
import { gateway, model, route } from "./testdata/world.ts";

const annotated = (...words: readonly string[]): string =>
  `annotations: { ${words.map((word) => `gatebook.dev/${word.replace(/: (.*)$/, ': "$1"')}`).join(", ")} }`;

type Words = {
  readonly service?: string;
  readonly twin?: string;
  readonly deployment?: string;
  readonly route?: string;
};

/** A Service with a twin, a Deployment and a route, each with the words that it is given. */
function world(words: Words): string {
  const older = 'creationTimestamp: "2026-01-01T00:00:00Z"';
  const newer = 'creationTimestamp: "2026-02-01T00:00:00Z"';
  return (
    service("churn", "app: churn", { more: [older, words.service].filter(Boolean).join(", ") }) +
    service("twin", "app: churn", { ip: "10.0.0.8", more: [newer, words.twin].filter(Boolean).join(", ") }) +
    workload("Deployment", "churn", "app: churn", words.deployment === undefined ? {} : { more: words.deployment }) +
    pod("churn-a", "app: churn") +
    slice("churn", ["churn-a 10.1.0.7"]) +
    gateway() +
    route("churn", "{ backendRefs: [{ name: churn, port: 80 }] }", {
      annotations: (words.route ?? "annotations: {}").replace("annotations: ", ""),
    })
  );
}

describe("words of owners", () => {
  it.each([
    ["the Service", { service: annotated("title: Churn") }],
    ["a twin of it", { twin: annotated("title: Churn") }],
    ["its Deployment", { deployment: annotated("title: Churn") }],
    ["its route", { route: annotated("title: Churn") }],
  ])("may stand on %s", (_, words) => {
    expect(onlyApi(world(words)).title).toBe("Churn");
  });

  it("of several that say the same thing the Service comes first, then its twin, its Deployment, its route", () => {
    const words = {
      service: annotated("title: of service"),
      twin: annotated("title: of twin", "owner: of twin"),
      deployment: annotated("title: of deployment", "owner: of deployment", "tags: of-deployment"),
      route: annotated("title: of route", "owner: of route", "tags: of-route", "server: bentoml"),
    };
    expect(onlyApi(world(words))).toMatchObject({
      title: "of service",
      owner: "of twin",
      tags: ["of-deployment"],
      server: "bentoml",
    });
  });

  it("a label says it too, and the annotation of the same name counts before it", () => {
    const label =
      'labels: { gatebook.dev/owner: fraud, gatebook.dev/title: label }, annotations: { gatebook.dev/title: "An annotation" }';
    expect(onlyApi(world({ service: label }))).toMatchObject({ owner: "fraud", title: "An annotation" });
  });

  it("tags are words between commas, each once", () => {
    expect(onlyApi(world({ service: annotated("tags: fraud, risk ,,fraud") })).tags).toEqual(["fraud", "risk"]);
  });

  it("a title is one line of two hundred characters", () => {
    const { title } = onlyApi(world({ service: `annotations: { gatebook.dev/title: "a\\nb${"c".repeat(300)}" }` }));
    expect(title).toBe(`a b${"c".repeat(197)}`);
  });

  it("an empty word says nothing", () => {
    expect(onlyApi(world({ service: annotated("title: "), route: annotated("owner:  ") }))).toMatchObject({
      title: null,
      owner: null,
    });
  });

  it.each([
    ["a path", ["openapi-path: docs/own.json"], { kind: "path", path: "/docs/own.json", port: null }],
    [
      "a path at a port",
      ["openapi-path: /own.json", "openapi-port: 9000"],
      { kind: "path", path: "/own.json", port: 9000 },
    ],
    [
      "a port that is none",
      ["openapi-path: /own.json", "openapi-port: 70000"],
      { kind: "path", path: "/own.json", port: null },
    ],
    [
      "a URL before a path",
      ["openapi-path: /own.json", "openapi-url: https://docs.corp.test/a"],
      { kind: "url", url: "https://docs.corp.test/a" },
    ],
    [
      "a ConfigMap before a URL",
      ["openapi-url: https://docs.corp.test/a", "openapi-configmap: docs/churn.yaml"],
      { kind: "config-map", namespace: "team", name: "docs", key: "churn.yaml" },
    ],
    [
      "a ConfigMap without a key",
      ["openapi-configmap: docs"],
      { kind: "config-map", namespace: "team", name: "docs", key: "openapi.yaml" },
    ],
  ])("where the description is: %s", (_, words, declared) => {
    expect(onlyApi(world({ service: annotated(...words) })).probes[0]?.declared).toEqual(declared);
  });

  it("a server that is none is told and not used", () => {
    const { apis, warnings } = found(world({ service: annotated("server: tritn") }));
    expect(apis[0]?.server).toBe("fastapi");
    expect(warnings.map(({ object: { kind, name }, message }) => `${kind} ${name}: ${message.slice(0, 56)}`)).toEqual([
      "Service churn: gatebook.dev/server says `tritn`, which is none of bento",
    ]);
  });

  it("a public URL is scheme, host and path as they are from outside", () => {
    expect(urlsOf(onlyApi(world({ service: annotated("public-url: https://ai.corp.test/team") })))).toEqual([
      "https://ai.corp.test/team",
    ]);
    const { apis, warnings } = found(world({ service: annotated("public-url: ftp://ai.corp.test") }));
    expect(apis.flatMap((api) => urlsOf(api))).toEqual(["http://models.test"]);
    expect(warnings.map(({ message }) => message)).toEqual([
      "gatebook.dev/public-url says `ftp://ai.corp.test`, which is no http or https URL; it is not used.",
    ]);
  });
});

describe("who may see an API of several objects", () => {
  const groups = (...names: readonly string[]): object => ({ kind: "groups", groups: names });
  it.each<readonly [string, Words, object]>([
    ["nobody says anything", {}, { kind: "signed-in" }],
    ["the Service narrows it", { service: annotated("visibility: group:fraud") }, groups("fraud")],
    [
      "the Deployment narrows what the Service opens",
      { service: annotated("visibility: public"), deployment: annotated("visibility: group:fraud") },
      groups("fraud"),
    ],
    [
      "the route narrows what the Service opens",
      { service: annotated("visibility: public"), route: annotated("visibility: signed-in") },
      { kind: "signed-in" },
    ],
    [
      "the Service narrows what the route opens",
      { service: annotated("visibility: group:fraud"), route: annotated("visibility: public") },
      groups("fraud"),
    ],
    [
      "two name groups: those that both name",
      { service: annotated("visibility: group:fraud,risk"), route: annotated("visibility: groups:risk,ops") },
      groups("risk"),
    ],
    [
      "two name groups that have nobody in common",
      { service: annotated("visibility: group:fraud"), twin: annotated("visibility: group:ops") },
      groups(),
    ],
    [
      "one cannot be read",
      { service: annotated("visibility: public"), route: annotated("visibility: intern") },
      groups(),
    ],
    ["a group without a name", { service: annotated("visibility: group: , ") }, groups()],
    [
      "all of them open it",
      { service: annotated("visibility: public"), route: annotated("visibility: public") },
      { kind: "public" },
    ],
  ])("%s", (_, words, visibility) => {
    expect(onlyApi(world(words), { publicNamespaces: ["team"] }).visibility).toEqual(visibility);
  });

  it.each([
    [["*"], { kind: "public" }, 0],
    [["other"], { kind: "signed-in" }, 1],
    [[], { kind: "signed-in" }, 1],
  ] as const)("with %j open to the public it is %j", (publicNamespaces, visibility, warnings) => {
    const discovery = found(world({ service: annotated("visibility: public") }), { publicNamespaces });
    expect(discovery.apis[0]?.visibility).toEqual(visibility);
    expect(discovery.warnings).toHaveLength(warnings);
  });

  it("every Service that a route weighs may narrow it", () => {
    const yaml =
      model("a", { annotations: '{ gatebook.dev/visibility: "group:fraud,risk" }' }) +
      model("b", { annotations: '{ gatebook.dev/visibility: "group:risk" }' }) +
      gateway() +
      route("both", "{ backendRefs: [{ name: a, port: 80 }, { name: b, port: 80 }] }");
    expect(onlyApi(yaml).visibility).toEqual(groups("risk"));
  });

  it("a Deployment without labels in common has no say", () => {
    const stranger = workload("Deployment", "stranger", "app: stranger", {
      more: annotated("visibility: group:ops", "title: Stranger"),
    });
    expect(onlyApi(world({}) + stranger)).toMatchObject({ title: null, visibility: { kind: "signed-in" } });
  });
});

describe("gatebook.dev/ignore", () => {
  const asked = "Its annotation gatebook.dev/ignore asks for it.";

  it.each([
    ["a Service", { service: annotated("ignore: true"), twin: annotated("ignore: true") }],
    ["its Deployment", { deployment: annotated("ignore: true") }],
  ])("on %s leaves it out", (_, words) => {
    const discovery = found(world(words));
    expect(namesOf(discovery)).toEqual([]);
    expect(leftOutOf(discovery)["Service churn"]).toBe(asked);
  });

  it("on a model resource leaves it out, with what belongs to it", () => {
    const isvc = object(
      "serving.kserve.io/v1beta1 InferenceService",
      "iris",
      "spec: { predictor: { model: { modelFormat: { name: sklearn } } } }",
      annotated("ignore: true"),
    );
    const child = service("iris-predictor", "app: iris", {
      more: "labels: { serving.kserve.io/inferenceservice: iris }",
    });
    const discovery = found(isvc + child + pod("iris-a", "app: iris") + slice("iris-predictor", ["iris-a 10.1.0.7"]));
    expect(namesOf(discovery)).toEqual([]);
    expect(leftOutOf(discovery)).toEqual({ "InferenceService iris": asked });
  });

  it("on a route leaves its address out, and the API stays", () => {
    expect(urlsOf(onlyApi(world({ route: annotated("ignore: true") })))).toEqual([]);
  });

  it("on one of the Services that a route weighs leaves that one out", () => {
    const yaml =
      model("stable") +
      model("canary", { annotations: '{ gatebook.dev/ignore: "true" }' }) +
      gateway() +
      route(
        "forecast",
        "{ backendRefs: [{ name: stable, port: 80, weight: 80 }, { name: canary, port: 80, weight: 20 }] }",
      );
    const discovery = found(yaml);
    expect(revisionsOf(apiOf(discovery, "HTTPRoute forecast"))).toEqual(["stable 80"]);
    expect(leftOutOf(discovery)).toEqual({ "Service canary": asked });
  });

  it("says nothing with any other word than true", () => {
    expect(namesOf(found(world({ service: annotated("ignore: yes") })))).toEqual(["Service churn"]);
  });
});
