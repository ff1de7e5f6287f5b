import { describe, expect, it } from "vitest";
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
  slice,
  workload,
} from "./testdata/objects.ts";

const churn = service("churn", "app: churn", { more: "annotations: { gatebook.dev/title: Churn }" });
const on = (day: string): string => `creationTimestamp: "2026-01-${day}T00:00:00Z"`;
const templated = (name: string, hash: string, options: Parameters<typeof pod>[2] = {}): string =>
  pod(name, `app: churn, pod-template-hash: ${hash}`, options);

describe("pods of several templates behind one Service", () => {
  const deployment = workload("Deployment", "churn", "app: churn", { replicas: 4 });
  const old = (ready: boolean): string =>
    ["1", "2", "3"].map((n) => templated(`old-${n}`, "6f7d", { ip: `10.1.0.${n}`, more: on("01"), ready })).join("");
  const fresh = (ready: boolean): string =>
    ["4", "5"].map((n) => templated(`new-${n}`, "9c2b", { ip: `10.1.0.${n}`, more: on("02"), ready })).join("");

  it("are revisions NAME and NAME-hash, split by the pods that are ready", () => {
    const ends = ["old-1 10.1.0.1", "old-2 10.1.0.2", "old-3 10.1.0.3", "new-4 10.1.0.4", "new-5 10.1.0.5 unready"];
    const api = onlyApi(churn + deployment + old(true) + fresh(true) + slice("churn", ends));
    expect(revisionsOf(api)).toEqual(["churn 75", "churn-9c2b 25"]);
    expect(probesOf(api)).toEqual(["churn 10.1.0.1:8000 10.1.0.2:8000 10.1.0.3:8000", "churn-9c2b 10.1.0.4:8000"]);
    expect(api.lines[0]?.currentRevision).toBe("churn");
    expect(factsOf(api)["Traffic"]).toBe("churn 75 %, churn-9c2b 25 %");
  });

  it("the old one stays current until its last ready pod is gone, whatever the shares", () => {
    const ends = ["old-1 10.1.0.1", "new-4 10.1.0.4", "new-5 10.1.0.5"];
    const during = onlyApi(churn + deployment + old(true) + fresh(true) + slice("churn", ends));
    expect(revisionsOf(during)).toEqual(["churn-9c2b 66.7", "churn 33.3"]);
    expect(during.lines[0]?.currentRevision).toBe("churn");
    const after = onlyApi(
      churn + deployment + old(false) + fresh(true) + slice("churn", [`${ends[0] ?? ""} unready`, ...ends.slice(1)]),
    );
    expect(revisionsOf(after)).toEqual(["churn-9c2b 100", "churn 0 unready"]);
    expect(after.lines[0]?.currentRevision).toBe("churn-9c2b");
  });

  it("where none is ready the old one is the revision that takes everything", () => {
    const api = onlyApi(
      churn +
        deployment +
        old(false) +
        fresh(false) +
        slice("churn", ["old-1 10.1.0.1 unready", "new-4 10.1.0.4 unready"]),
    );
    expect(revisionsOf(api)).toEqual(["churn 100 unready", "churn-9c2b 0 unready"]);
    expect(api).toMatchObject({ state: "unready", stateReason: "None of its pods is ready." });
  });

  it("of two Deployments behind one selector the one with more ready pods is current", () => {
    const two =
      workload("Deployment", "blue", "app: churn, color: blue") +
      workload("Deployment", "green", "app: churn, color: green");
    const pods = ["1", "2", "3"].map((n) =>
      pod(
        `p-${n}`,
        `app: churn, color: ${n === "1" ? "blue" : "green"}, pod-template-hash: ${n === "1" ? "6f7d" : "9c2b"}`,
        {
          ip: `10.1.0.${n}`,
          more: on(n === "1" ? "01" : "02"),
        },
      ),
    );
    const api = onlyApi(churn + two + pods.join("") + slice("churn", ["p-1 10.1.0.1", "p-2 10.1.0.2", "p-3 10.1.0.3"]));
    expect(revisionsOf(api)).toEqual(["churn-9c2b 66.7", "churn 33.3"]);
    expect(api.lines[0]?.currentRevision).toBe("churn-9c2b");
  });

  it("a pod with an address of each family is one pod", () => {
    const six = slice("churn", ["old-1 fd00::1"], { more: "namespace: team" })
      .replace("churn-slice", "churn-slice-6")
      .replace("IPv4", "IPv6");
    const ends = slice("churn", ["old-1 10.1.0.1", "new-4 10.1.0.4"]);
    const api = onlyApi(churn + workload("Deployment", "churn", "app: churn") + old(true) + fresh(true) + ends + six);
    expect(revisionsOf(api)).toEqual(["churn 50", "churn-9c2b 50"]);
  });

  it("pods of a StatefulSet are told apart by the revision that their controller sets", () => {
    const pods = ["0", "1"].map((n) =>
      pod(`churn-${n}`, `app: churn, controller-revision-hash: churn-${n === "0" ? "aaaa" : "bbbb"}`, {
        ip: `10.1.0.${n}`,
        more: on(n === "0" ? "01" : "02"),
      }),
    );
    const api = onlyApi(
      churn +
        workload("StatefulSet", "churn", "app: churn") +
        pods.join("") +
        slice("churn", ["churn-0 10.1.0.0", "churn-1 10.1.0.1"]),
    );
    expect(api.revisions.map(({ trafficPercent }) => trafficPercent)).toEqual([50, 50]);
    expect(probesOf(api).map((text) => text.replace(/^\S+ /, ""))).toEqual(["10.1.0.0:8000", "10.1.0.1:8000"]);
  });
});

describe("the key that tells whether to ask a revision again", () => {
  const key = (yaml: string, revision = "churn"): string | undefined =>
    onlyApi(yaml).probes.find((probe) => probe.revision === revision)?.probeKey;
  const served = (name: string, hash: string, ip: string, more = on("01")): string =>
    templated(name, hash, { ip, more, image: "registry.test/app:1" }).replace(`sha256:${name}`, "sha256:1");
  const one = churn + served("a", "6f7d", "10.1.0.1") + slice("churn", ["a 10.1.0.1"]);

  it("stays while pods of one template come and go", () => {
    const other = churn + served("b", "6f7d", "10.1.0.2") + slice("churn", ["b 10.1.0.2"]);
    expect(key(other)).toBe(key(one));
  });

  it("stays for the old template while a new one is rolled out", () => {
    const both = one.replace(
      "endpoints: [",
      "endpoints: [{ addresses: [10.1.0.2], targetRef: { kind: Pod, name: b } }, ",
    );
    const update = both + served("b", "9c2b", "10.1.0.2", on("02"));
    expect(revisionsOf(onlyApi(update))).toEqual(["churn 50", "churn-9c2b 50"]);
    expect(key(update)).toBe(key(one));
    expect(key(update, "churn-9c2b")).not.toBe(key(one));
  });

  it.each([
    ["another template", one.replace("6f7d", "9c2b")],
    ["another image under the same tag", one.replace("sha256:1", "sha256:2")],
    [
      "another place for the description",
      one.replace("gatebook.dev/title: Churn", "gatebook.dev/openapi-path: /docs.json"),
    ],
    ["another server, as its owner says", one.replace("gatebook.dev/title: Churn", "gatebook.dev/server: bentoml")],
  ])("changes with %s", (_, yaml) => {
    expect(key(yaml)).not.toBe(key(one));
  });
});

describe("the state of what runs behind a Service", () => {
  const waiting = (reason: string, message = ""): string =>
    templated("churn-a", "6f7d", { ready: false, state: `{ waiting: { reason: ${reason}, message: "${message}" } }` });
  const unready = slice("churn", ["churn-a 10.1.0.7 unready"]);
  const none = "{ replicas: 1, unavailableReplicas: 1 }";

  it.each([
    [
      "a Deployment without a ready pod",
      workload("Deployment", "churn", "app: churn", { status: none }),
      "unready",
      "Deployment churn has no ready pod.",
    ],
    [
      "a StatefulSet without a ready pod",
      workload("StatefulSet", "churn", "app: churn", { status: none }),
      "unready",
      "StatefulSet churn has no ready pod.",
    ],
    [
      "a ReplicaSet of its own without a ready pod",
      workload("ReplicaSet", "churn", "app: churn", { status: none }),
      "unready",
      "ReplicaSet churn has no ready pod.",
    ],
    [
      "pods that are listed and not ready",
      templated("churn-a", "6f7d", { ready: false }) + unready,
      "unready",
      "None of its pods is ready.",
    ],
    ["nobody at all", "", "unready", "No pod is behind it."],
    [
      "an image that cannot be pulled",
      waiting("ImagePullBackOff", "no such tag"),
      "unready",
      "Pod churn-a does not start: no such tag (ImagePullBackOff).",
    ],
    [
      "a container that falls over",
      waiting("CrashLoopBackOff") + unready,
      "unready",
      "Pod churn-a does not start: CrashLoopBackOff.",
    ],
    ["a container that is only slow", waiting("ContainerCreating") + unready, "unready", "None of its pods is ready."],
    [
      "a rollout that does not get on",
      workload("Deployment", "churn", "app: churn", {
        status:
          '{ conditions: [{ type: Progressing, status: "False", reason: ProgressDeadlineExceeded, message: timed out }] }',
      }),
      "broken",
      "Deployment churn has failed: timed out (ProgressDeadlineExceeded).",
    ],
    [
      "pods that nobody lets in",
      workload("Deployment", "churn", "app: churn", {
        status:
          '{ conditions: [{ type: ReplicaFailure, status: "True", reason: FailedCreate, message: exceeded quota }] }',
      }),
      "broken",
      "Deployment churn has failed: exceeded quota (FailedCreate).",
    ],
  ])("%s", (_, objects, state, reason) => {
    const api = onlyApi(churn + objects);
    expect(api).toMatchObject({ state, stateReason: reason });
    expect(probesOf(api)).toEqual(["churn held not-ready"]);
  });

  it("a rollout that does not get on leaves the pods ready that still serve", () => {
    const stuck = workload("Deployment", "churn", "app: churn", {
      status: '{ conditions: [{ type: Progressing, status: "False", reason: ProgressDeadlineExceeded }] }',
    });
    const api = onlyApi(churn + stuck + templated("churn-a", "6f7d") + slice("churn", ["churn-a 10.1.0.7"]));
    expect(api).toMatchObject({ state: "ready", stateReason: null });
  });

  it.each(["Deployment", "StatefulSet", "ReplicaSet"] as const)(
    "a %s at zero is scaled to zero, answers when it is woken and is not asked",
    (kind) => {
      const api = onlyApi(churn + workload(kind, "churn", "app: churn", { replicas: 0, status: "{}" }));
      expect(api).toMatchObject({ state: "scaled-to-zero", stateReason: `${kind} churn is scaled to zero replicas.` });
      expect(probesOf(api)).toEqual(["churn held scaled-to-zero"]);
      expect(api.lines[0]?.currentRevision).toBe("churn");
      expect(api.revisions[0]?.images).toEqual(["registry.test/app:1"]);
    },
  );

  it("pods that are still ending do not stand for what is scaled to zero", () => {
    const ending = templated("churn-a", "6f7d", { more: 'deletionTimestamp: "2026-01-02T00:00:00Z"', ready: false });
    const api = onlyApi(
      churn +
        workload("Deployment", "churn", "app: churn", { replicas: 0, status: "{}" }) +
        ending +
        slice("churn", ["churn-a 10.1.0.7 unready"]),
    );
    expect(api.state).toBe("scaled-to-zero");
  });

  it("of two Deployments one at zero does not put the other to sleep", () => {
    const yaml =
      churn +
      workload("Deployment", "a", "app: churn", { replicas: 0 }) +
      workload("Deployment", "b", "app: churn", { status: none });
    expect(onlyApi(yaml).state).toBe("unready");
  });

  it("a ReplicaSet of a Deployment says nothing of its own", () => {
    const owner = "ownerReferences: [{ apiVersion: apps/v1, kind: Deployment, name: churn, uid: u }]";
    const yaml =
      churn +
      workload("Deployment", "churn", "app: churn") +
      workload("ReplicaSet", "churn-6f7d", "app: churn", { replicas: 0, status: "{}", more: owner }) +
      templated("churn-a", "6f7d") +
      slice("churn", ["churn-a 10.1.0.7"]);
    expect(factsOf(onlyApi(yaml))["Replicas"]).toBe("1 of 1 ready (churn)");
  });

  it("a Service without a selector and without endpoints is unknown, and with endpoints of its own it is ready", () => {
    const bare = object(
      "v1 Service",
      "churn",
      "spec: { clusterIP: 10.0.0.9, ports: [{ port: 80 }] }",
      "annotations: { gatebook.dev/title: x }",
    );
    expect(onlyApi(bare)).toMatchObject({
      state: "unknown",
      stateReason: "It selects no pods, and no endpoints are listed for it.",
    });
    const own = object(
      "discovery.k8s.io/v1 EndpointSlice",
      "churn-own",
      'addressType: IPv4\nports: [{ name: "", port: 8000 }]\nendpoints: [{ addresses: [192.0.2.7] }]',
      "labels: { kubernetes.io/service-name: churn }",
    );
    const api = onlyApi(bare + own);
    expect(api.state).toBe("ready");
    expect(probesOf(api)).toEqual(["churn 192.0.2.7:8000 10.0.0.9:80"]);
  });

  it("what cannot be seen at present is unknown, and the Service's own address may be asked", () => {
    const api = onlyApi(churn + workload("Deployment", "churn", "app: churn"), { stale: ["EndpointSlice"] });
    expect(api).toMatchObject({ state: "unknown", stateReason: "Its endpoints are not known at present." });
    expect(probesOf(api)).toEqual(["churn 10.0.0.9:80"]);
  });

  it("manifests say nothing of a state, but that something is wanted at zero they do", () => {
    const manifest = (replicas: number): string =>
      churn + workload("Deployment", "churn", "app: churn", { replicas, status: "{}" });
    expect(onlyApi(manifest(1), { confirming: false })).toMatchObject({
      state: "unknown",
      stateReason: "A manifest says nothing about its state.",
    });
    expect(onlyApi(manifest(0), { confirming: false }).state).toBe("scaled-to-zero");
  });
});

describe("workloads by themselves", () => {
  it.each(["Deployment", "StatefulSet", "ReplicaSet"] as const)("a %s without a Service is no API", (kind) => {
    const discovery = found(workload(kind, "churn", "app: churn") + templated("churn-a", "6f7d"));
    expect(namesOf(discovery)).toEqual([]);
    expect(leftOutOf(discovery)).toEqual({});
  });

  it("an autoscaler is a fact of what it scales", () => {
    const scaler = object(
      "autoscaling/v2 HorizontalPodAutoscaler",
      "churn",
      "spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: churn }, minReplicas: 2, maxReplicas: 6 }",
    );
    const api = apiOf(found(churn + workload("Deployment", "churn", "app: churn") + scaler), "churn");
    expect(factsOf(api)["Autoscaling"]).toBe("2 to 6 replicas (churn)");
  });
});
