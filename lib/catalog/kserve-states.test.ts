import { describe, expect, it } from "vitest";
import { component, isvc } from "./testdata/kserve.ts";
import { object, onlyApi, probesOf } from "./testdata/objects.ts";

describe("the state of an InferenceService", () => {
  const up = component("iris-predictor", "predictor", "10.1.0.1");
  const conditions = (...entries: readonly string[]): string =>
    `[${entries.map((entry) => entry.replace(/^(\w+) (\w+)(?: (\w+))?(?:: (.*))?$/, '{ type: $1, status: "$2", reason: "$3", message: "$4" }')).join(", ")}]`;
  const said = (entries: readonly string[], more = "", metadata = ""): string =>
    isvc("", { more: metadata }).replace(
      /conditions: .*\}\n$/,
      `conditions: ${conditions(...entries)}${more === "" ? "" : `, ${more}`} }\n`,
    );
  const model = (states: string, failure = ""): string =>
    `modelStatus: { states: { ${states} }${failure === "" ? "" : `, lastFailureInfo: { ${failure} }`} }`;
  const failure = "reason: ModelLoadFailed, message: no such key";

  it.each<readonly [string, string, string, string | null, string]>([
    ["its condition says so", said(["Ready True"]), "ready", null, "nowhere"],
    [
      "its condition says so and its pods are up",
      said(["Ready True"]) + up,
      "ready",
      null,
      "10.1.0.1:8080 10.0.0.9:80",
    ],
    [
      "its model is not loaded yet",
      said(["Ready True"], model("activeModelState: Loading")),
      "unready",
      "KServe says that its model is Loading.",
      "held not-ready",
    ],
    [
      "its model failed to load",
      said(["Ready True"], model("activeModelState: FailedToLoad", failure)),
      "broken",
      "no such key (ModelLoadFailed).",
      "held not-ready",
    ],
    [
      "a new model failed and the old pods are up",
      said(["Ready False"], model("activeModelState: Loaded, targetModelState: FailedToLoad", failure)) + up,
      "ready",
      "no such key (ModelLoadFailed).",
      "10.1.0.1:8080 10.0.0.9:80",
    ],
    [
      "a new model failed and nothing is up",
      said(["Ready False"], model("activeModelState: Loaded, targetModelState: FailedToLoad", failure)),
      "unready",
      "no such key (ModelLoadFailed).",
      "held not-ready",
    ],
    [
      "its first model failed",
      said(["Ready False"], model('activeModelState: "", targetModelState: FailedToLoad', failure)),
      "broken",
      "no such key (ModelLoadFailed).",
      "held not-ready",
    ],
    [
      "no runtime takes its model",
      said(
        ["Ready False"],
        "modelStatus: { transitionStatus: InvalidSpec, lastFailureInfo: { reason: NoSupportingRuntime, message: none fits } }",
      ),
      "broken",
      "none fits (NoSupportingRuntime).",
      "held not-ready",
    ],
    [
      "its revision failed",
      said(["Ready False", "PredictorReady False RevisionFailed: crash"]),
      "broken",
      "crash (RevisionFailed).",
      "held not-ready",
    ],
    [
      "its predictor is under way",
      said(["Ready Unknown", "PredictorReady Unknown Deploying"]),
      "unready",
      "Deploying.",
      "held not-ready",
    ],
    [
      "its predictor is under way and the old pods are up",
      said(["Ready Unknown", "PredictorReady Unknown Deploying"]) + up,
      "ready",
      "Deploying.",
      "10.1.0.1:8080 10.0.0.9:80",
    ],
    [
      "only its ingress is missing",
      said(["Ready False IngressNotReady: no ingress", "PredictorReady True"]) + up,
      "ready",
      "no ingress (IngressNotReady).",
      "10.1.0.1:8080 10.0.0.9:80",
    ],
    [
      "its status speaks of an older form",
      said(["Ready True"], "observedGeneration: 1", "generation: 2"),
      "unknown",
      "Its status speaks of an older form of it.",
      "held not-ready",
    ],
    [
      "its status is of an older form and its pods are up",
      said(["Ready True"], "observedGeneration: 1", "generation: 2") + up,
      "ready",
      null,
      "10.1.0.1:8080 10.0.0.9:80",
    ],
    [
      "nothing was said",
      object("serving.kserve.io/v1beta1 InferenceService", "iris", "spec: {}"),
      "unknown",
      "KServe has not said anything about it yet.",
      "held not-ready",
    ],
    [
      "its owner stopped it",
      said(["Ready True"], "", 'annotations: { serving.kserve.io/stop: "TRUE" }') + up,
      "stopped",
      "Its annotation serving.kserve.io/stop says so.",
      "held stopped",
    ],
    [
      "KServe says that it is stopped",
      said(["Ready False Stopped", "Stopped True"]) + up,
      "stopped",
      "KServe says that it is stopped.",
      "held stopped",
    ],
  ])("%s", (_, yaml, state, reason, probe) => {
    const api = onlyApi(yaml);
    expect(api).toMatchObject({ state, stateReason: reason });
    expect(probesOf(api)).toEqual([`predictor ${probe}`]);
  });
});
