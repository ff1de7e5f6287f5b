import { describe, expect, it } from "vitest";
import { ready } from "./testdata/kserve.ts";
import {
  apiOf,
  factsOf,
  found,
  leftOutOf,
  namesOf,
  object,
  onlyApi,
  pod,
  probesOf,
  revisionsOf,
  service,
  urlsOf,
} from "./testdata/objects.ts";

type Options = { readonly conditions?: string; readonly metadata?: string; readonly template?: string };

/** The Knative Service "mood" with further fields of its status. */
const mood = (status: string, options: Options = {}): string =>
  object(
    "serving.knative.dev/v1 Service",
    "mood",
    `spec: { template: { ${options.template ?? 'spec: { containers: [{ image: "registry.test/mood:1", args: [uvicorn, "app:app"] }] }'} } }
status: { url: "http://mood.corp.test", address: { url: "http://mood.team.svc.cluster.local" }, conditions: [${options.conditions ?? ready}], ${status} }`,
    options.metadata ?? "",
  );

/** One of its revisions by the word on its conditions: what it came to. */
const revision = (name: string, conditions: string, more = ""): string =>
  object(
    "serving.knative.dev/v1 Revision",
    name,
    `spec: { containers: [{ image: "registry.test/mood:1" }] }\nstatus: { conditions: [${conditions}]${more === "" ? "" : `, ${more}`} }`,
  );
const active = '{ type: Active, status: "True" }';
const idle = '{ type: Active, status: "False", reason: NoTraffic }';
const starting = '{ type: Active, status: "Unknown", reason: Queued }';

const podOf = (name: string, ip: string, options: Parameters<typeof pod>[2] = {}): string =>
  pod(`${name}-p`, `serving.knative.dev/revision: ${name}`, { ip, ...options });

describe("revisions of a Knative Service", () => {
  it.each([
    [
      "those that its traffic names",
      "latestReadyRevisionName: mood-3, latestCreatedRevisionName: mood-3, traffic: [{ revisionName: mood-2, percent: 80 }, { revisionName: mood-3, percent: 20, latestRevision: true }]",
      ["mood-2 80", "mood-3 20"],
    ],
    [
      "a tag without traffic is one too",
      "latestReadyRevisionName: mood-3, traffic: [{ revisionName: mood-3, percent: 100 }, { revisionName: mood-2, tag: old }]",
      ["mood-3 100", "mood-2 0"],
    ],
    [
      "two tags of one revision are one",
      "latestReadyRevisionName: mood-3, traffic: [{ revisionName: mood-3, percent: 60 }, { latestRevision: true, percent: 40, tag: latest }]",
      ["mood-3 100"],
    ],
    ["the latest that is ready, where nothing is said of traffic", "latestReadyRevisionName: mood-3", ["mood-3 100"]],
    [
      "one that was made and has not taken over",
      "latestReadyRevisionName: mood-2, latestCreatedRevisionName: mood-3",
      ["mood-2 100", "mood-3 0 unready"],
    ],
    ["the first one before it is ready", "latestCreatedRevisionName: mood-1", ["mood-1 100 unready"]],
  ])("are %s", (_, status, revisions) => {
    expect(revisionsOf(onlyApi(mood(status)))).toEqual(revisions);
  });

  it("are asked at their own pods, at the port of the workload and not of the proxy beside it", () => {
    const containers =
      'spec: { containers: [{ name: queue-proxy, image: "registry.test/queue:1", ports: [{ name: queue-port, containerPort: 8012 }] }, { name: user-container, image: "registry.test/mood:1", ports: [{ name: user-port, containerPort: 9000 }] }] }';
    const own = object(
      "v1 Pod",
      "mood-3-p",
      `${containers}\nstatus: { phase: Running, podIP: 10.1.0.3, conditions: [${ready}] }`,
      "labels: { serving.knative.dev/revision: mood-3 }",
    );
    const api = onlyApi(mood("latestReadyRevisionName: mood-3") + revision("mood-3", active) + own);
    expect(probesOf(api)).toEqual(["mood-3 10.1.0.3:9000"]);
  });

  it("have the digests that Knative resolved, whether pods are there or not", () => {
    const digest = 'containerStatuses: [{ name: user-container, imageDigest: "registry.test/mood@sha256:3" }]';
    const api = onlyApi(mood("latestReadyRevisionName: mood-3") + revision("mood-3", idle, digest));
    expect(api.revisions[0]?.images).toEqual(["registry.test/mood@sha256:3"]);
  });

  it("keep their probe's key while pods come and go, and lose it with the revision", () => {
    const key = (name: string, more: string): string | undefined =>
      onlyApi(
        mood(`latestReadyRevisionName: ${name}`) +
          revision(name, active, `containerStatuses: [{ imageDigest: "registry.test/mood@sha256:3" }]`) +
          more,
      ).probes[0]?.probeKey;
    expect(key("mood-3", podOf("mood-3", "10.1.0.3"))).toBe(
      key("mood-3", podOf("mood-3", "10.1.0.4").replace("mood-3-p", "mood-3-q")),
    );
    expect(key("mood-4", "")).not.toBe(key("mood-3", ""));
  });
});

describe("scale to zero", () => {
  const latest = "latestReadyRevisionName: mood-3";

  it("is read from the revision; it is held and stays current, since the next call starts it", () => {
    const api = onlyApi(mood(latest) + revision("mood-3", idle, "actualReplicas: 0"));
    expect(api).toMatchObject({
      state: "scaled-to-zero",
      stateReason: "Its revisions have no pods: Knative scaled it to zero.",
    });
    expect(probesOf(api)).toEqual(["mood-3 held scaled-to-zero"]);
    expect(api.lines[0]?.currentRevision).toBe("mood-3");
  });

  it("is told by the count of replicas where no condition does", () => {
    const api = onlyApi(
      mood(latest) + object("serving.knative.dev/v1 Revision", "mood-3", "status: { actualReplicas: 0 }"),
    );
    expect(api.state).toBe("scaled-to-zero");
  });

  it("is over as soon as somebody called: it is starting, and still not asked", () => {
    const api = onlyApi(
      mood(latest, { conditions: '{ type: Ready, status: "Unknown", reason: Deploying }' }) +
        revision("mood-3", starting, "actualReplicas: 0"),
    );
    expect(api).toMatchObject({ state: "unready", stateReason: "Deploying." });
    expect(probesOf(api)).toEqual(["mood-3 held not-ready"]);
  });

  it("of the one with most traffic makes neither the other current nor the whole asleep", () => {
    const split = `${latest}, traffic: [{ revisionName: mood-3, percent: 90 }, { revisionName: mood-2, percent: 10 }]`;
    const api = onlyApi(
      mood(split) + revision("mood-3", idle) + revision("mood-2", active) + podOf("mood-2", "10.1.0.2"),
    );
    expect(api).toMatchObject({ state: "ready", lines: [{ currentRevision: "mood-3" }] });
    expect(probesOf(api)).toEqual(["mood-2 10.1.0.2:8080", "mood-3 held scaled-to-zero"]);
  });

  it("may be ended by a call for the description where its owner says so", () => {
    const api = onlyApi(
      mood(latest, { metadata: 'annotations: { gatebook.dev/allow-wake: "true" }' }) + revision("mood-3", idle),
    );
    expect(api.probes[0]).toMatchObject({ mayWake: true, hold: "scaled-to-zero" });
  });

  it("its range is a fact", () => {
    const scale = (annotations: string): string | undefined =>
      factsOf(onlyApi(mood(latest, { template: `metadata: { annotations: { ${annotations} } }` })))["Autoscaling"];
    expect(scale('autoscaling.knative.dev/min-scale: "1", autoscaling.knative.dev/max-scale: "5"')).toBe(
      "1 to 5 replicas",
    );
    expect(scale('autoscaling.knative.dev/maxScale: "3"')).toBe("0 to 3 replicas");
    expect(scale("")).toBeUndefined();
  });
});

describe("a revision that failed", () => {
  const failed =
    '{ type: ContainerHealthy, status: "False", reason: ExitCode1, message: no module app }, { type: Active, status: "False", reason: NoTraffic }';

  it("leaves the old one in charge, with the reason of the new one", () => {
    const split =
      "latestReadyRevisionName: mood-2, latestCreatedRevisionName: mood-3, traffic: [{ revisionName: mood-2, percent: 100 }]";
    const yaml = mood(split, {
      conditions: '{ type: Ready, status: "False", reason: RevisionFailed, message: Revision mood-3 failed }',
    });
    const api = onlyApi(yaml + revision("mood-2", active) + podOf("mood-2", "10.1.0.2"));
    expect(api).toMatchObject({
      state: "ready",
      stateReason: "Revision mood-3 failed (RevisionFailed).",
      lines: [{ currentRevision: "mood-2" }],
    });
    expect(probesOf(api)).toEqual(["mood-2 10.1.0.2:8080", "mood-3 held not-ready"]);
  });

  it("is not taken for one at zero while it takes traffic that fails", () => {
    const split =
      "latestReadyRevisionName: mood-3, traffic: [{ revisionName: mood-3, percent: 90 }, { revisionName: mood-2, percent: 10 }]";
    const failing = failed.replace('"False", reason: NoTraffic', '"True"');
    const api = onlyApi(
      mood(split) + revision("mood-3", active) + podOf("mood-3", "10.1.0.3") + revision("mood-2", failing),
    );
    expect(revisionsOf(api)).toEqual(["mood-3 90", "mood-2 10 unready"]);
    expect(probesOf(api)).toEqual(["mood-2 held not-ready", "mood-3 10.1.0.3:8080"]);
  });
});

describe("the state of a Knative Service", () => {
  it.each([
    [
      "is what its condition says",
      '{ type: Ready, status: "False", reason: RevisionMissing, message: gone }',
      "",
      "unready",
      "gone (RevisionMissing).",
    ],
    [
      "is not told by a status of an older form",
      ready,
      "observedGeneration: 1, ",
      "unknown",
      "Its status speaks of an older form of it.",
    ],
    [
      "is unready while something is under way",
      '{ type: Ready, status: "Unknown", reason: Deploying }',
      "",
      "unready",
      "Deploying.",
    ],
    ["is unknown where nothing is said", "", "", "unknown", "Its status says nothing of its state."],
  ])("%s", (_, conditions, stale, state, reason) => {
    const api = onlyApi(mood(`${stale}latestCreatedRevisionName: mood-1`, { conditions, metadata: "generation: 2" }));
    expect(api).toMatchObject({ state, stateReason: reason });
    expect(probesOf(api)).toEqual(["mood-1 held not-ready"]);
  });

  it("is seen at its pods where its status is of an older form", () => {
    const yaml =
      mood("observedGeneration: 1, latestReadyRevisionName: mood-1", { metadata: "generation: 2" }) +
      revision("mood-1", active) +
      podOf("mood-1", "10.1.0.1");
    expect(onlyApi(yaml).state).toBe("ready");
  });
});

describe("addresses of a Knative Service", () => {
  it("a tag has one of its own, which says where it leads", () => {
    const tags =
      "latestReadyRevisionName: mood-3, traffic: [{ revisionName: mood-3, percent: 100 }, { revisionName: mood-2, tag: old, url: 'http://old-mood.corp.test' }, { revisionName: mood-2, tag: inner, url: 'http://inner-mood.team.svc.cluster.local' }]";
    const outside = onlyApi(mood(tags)).endpoints.filter(({ reach }) => reach === "public");
    expect(outside.map(({ url, problem }) => [url, problem])).toEqual([
      ["http://mood.corp.test", null],
      ["http://old-mood.corp.test", "It leads to revision mood-2 alone."],
    ]);
  });

  it("one of the cluster is none outside, and the domain of the documentation is nobody's fault there", () => {
    const at = (url: string): string => mood("latestReadyRevisionName: mood-3").replace("http://mood.corp.test", url);
    expect(urlsOf(onlyApi(at("http://mood.team.svc.cluster.local")))).toEqual([]);
    expect(onlyApi(at("http://mood.team.example.com")).endpoints[0]).toMatchObject({
      url: "http://mood.team.example.com",
      problem: null,
    });
  });

  const mapping = (
    name: string,
    status: string,
    options: { readonly version?: string; readonly generation?: number } = {},
  ): string =>
    object(
      "serving.knative.dev/v1beta1 DomainMapping",
      name,
      `spec: { ref: { apiVersion: ${options.version ?? "serving.knative.dev/v1"}, kind: Service, name: mood } }\nstatus: { ${status} }`,
      `generation: ${String(options.generation ?? 1)}`,
    );

  it.each([
    [
      "that is ready is one more",
      mapping("a.corp.test", `url: "https://a.corp.test", conditions: [${ready}]`),
      ["http://mood.corp.test", "https://a.corp.test"],
      null,
    ],
    [
      "that is refused is none, and is told",
      mapping(
        "a.corp.test",
        'url: "https://a.corp.test", conditions: [{ type: Ready, status: "False", reason: DomainAlreadyClaimed }]',
      ),
      ["http://mood.corp.test"],
      "DomainMapping a.corp.test is not ready: DomainAlreadyClaimed.",
    ],
    [
      "whose status is of an older form is none yet",
      mapping("a.corp.test", `observedGeneration: 1, url: "https://a.corp.test", conditions: [${ready}]`, {
        generation: 2,
      }),
      ["http://mood.corp.test"],
      "DomainMapping a.corp.test is not ready yet.",
    ],
    [
      "of the Service that Knative made beside it is one more",
      mapping("a.corp.test", `url: "https://a.corp.test", conditions: [${ready}]`, { version: "v1" }),
      ["http://mood.corp.test", "https://a.corp.test"],
      null,
    ],
  ])("a DomainMapping %s", (_, yaml, urls, reason) => {
    const api = onlyApi(mood("latestReadyRevisionName: mood-3") + yaml);
    expect(urlsOf(api)).toEqual(urls);
    expect(api.stateReason).toBe(reason);
  });

  it("a DomainMapping of what KServe made is an address of the InferenceService", () => {
    const isvc = object(
      "serving.kserve.io/v1beta1 InferenceService",
      "iris",
      `spec: { predictor: { model: { modelFormat: { name: sklearn } } } }\nstatus: { deploymentMode: Knative, conditions: [${ready}], components: { predictor: { latestReadyRevision: iris-1 } } }`,
    );
    const child = mood("latestReadyRevisionName: iris-1", {
      metadata:
        "ownerReferences: [{ apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, name: iris, uid: u }]",
    });
    const discovery = found(
      isvc + child + mapping("a.corp.test", `url: "https://a.corp.test", conditions: [${ready}]`),
    );
    expect(urlsOf(apiOf(discovery, "InferenceService iris"))).toEqual(["https://a.corp.test"]);
    expect(leftOutOf(discovery)).toEqual({ "KnativeService mood": "It belongs to InferenceService iris." });
  });
});

it("Services that Knative made are parts of it, and without it they are left out", () => {
  const made = service("mood-3-private", "app: mood", {
    more: "labels: { serving.knative.dev/service: mood, networking.internal.knative.dev/serviceType: Private }",
  });
  expect(namesOf(found(mood("latestReadyRevisionName: mood-3") + made))).toEqual(["KnativeService mood"]);
  expect(leftOutOf(found(made))).toEqual({
    "Service mood-3-private": "It is not a thing of its own: Knative made it for one of its revisions.",
  });
});
