import { describe, expect, it } from "vitest";
import { apiOf, factsOf, found, leftOutOf, namesOf, object, onlyApi, probesOf } from "./testdata/objects.ts";
import { model } from "./testdata/world.ts";

describe("batch work", () => {
  const pods = (env: string): string =>
    `template: { spec: { containers: [{ name: main, image: "registry.test/scores:1", env: [${env}] }] } }`;
  const cronJob = (
    name: string,
    options: { readonly annotations?: string; readonly env?: string; readonly spec?: string } = {},
  ): string =>
    object(
      "batch/v1 CronJob",
      name,
      `spec: { schedule: "0 3 * * *", ${options.spec ?? ""} jobTemplate: { spec: { ${pods(options.env ?? "")} } } }\nstatus: { lastScheduleTime: "2026-01-01T03:00:00Z" }`,
      `annotations: { ${options.annotations ?? ""} }`,
    );
  const job = (name: string, status: string, more = "annotations: { gatebook.dev/title: Scores }", spec = ""): string =>
    object("batch/v1 Job", name, `spec: { ${spec} ${pods("")} }\nstatus: { ${status} }`, more);

  it("that nobody names is neither listed nor told", () => {
    const discovery = found(cronJob("nightly") + job("once", "active: 1", ""));
    expect(namesOf(discovery)).toEqual([]);
    expect(leftOutOf(discovery)).toEqual({});
  });

  it("is a fact of the API that it calls, by a short name or a full one", () => {
    const short = cronJob("nightly", { env: '{ name: URL, value: "http://churn:80/predict" }' });
    const full = cronJob("weekly", { env: '{ name: URL, value: "http://churn.team.svc.cluster.local/predict" }' });
    const other = cronJob("daily", { env: '{ name: URL, value: "http://churn.lab.svc/predict" }' });
    expect(factsOf(onlyApi(model("churn") + short + full + other))["Batch work"]).toBe(
      "CronJob nightly (0 3 * * *, last run 2026-01-01T03:00:00Z), CronJob weekly (0 3 * * *, last run 2026-01-01T03:00:00Z)",
    );
  });

  it("is listed where its owner says so, and there is nothing to call", () => {
    const api = onlyApi(cronJob("nightly", { annotations: "gatebook.dev/title: Nightly" }));
    expect(api).toMatchObject({
      key: { kind: "CronJob" },
      title: "Nightly",
      protocol: "batch",
      state: "ready",
      endpoints: [],
      internalUrl: null,
    });
    expect(probesOf(api)).toEqual(["nightly nowhere"]);
    expect(factsOf(api)).toMatchObject({
      Schedule: "0 3 * * *",
      "Last run": "2026-01-01T03:00:00Z",
      Image: "registry.test/scores:1",
    });
  });

  it("is listed where an ApiDescription names it", () => {
    const described = object(
      "gatebook.dev/v1alpha1 ApiDescription",
      "nightly",
      "spec: { targetRefs: [{ group: batch, kind: CronJob, name: nightly }], description: { inline: '{}' } }",
    );
    const api = onlyApi(cronJob("nightly") + described);
    expect(api.key.kind).toBe("ApiDescription");
    expect(api.probes[0]).toMatchObject({ hold: null, declared: { kind: "inline" } });
  });

  it("what its Jobs would say of themselves is said of a CronJob, whose Jobs fold into it", () => {
    const yaml = cronJob("nightly", { spec: "" }).replace(
      "jobTemplate: { ",
      "jobTemplate: { metadata: { annotations: { gatebook.dev/owner: fraud } }, ",
    );
    const made = job(
      "nightly-1",
      "active: 1",
      "annotations: { gatebook.dev/owner: fraud }, ownerReferences: [{ apiVersion: batch/v1, kind: CronJob, name: nightly, uid: u }]",
    );
    const discovery = found(yaml + made);
    expect(apiOf(discovery, "nightly").owner).toBe("fraud");
    expect(leftOutOf(discovery)).toEqual({ "Job nightly-1": "It belongs to CronJob nightly." });
  });

  it.each([
    ["runs", job("once", "active: 1"), "ready", null],
    [
      "has run to its end",
      job("once", 'conditions: [{ type: Complete, status: "True" }]'),
      "ready",
      "It has run to its end.",
    ],
    [
      "has failed",
      job("once", 'conditions: [{ type: Failed, status: "True", reason: BackoffLimitExceeded, message: three times }]'),
      "broken",
      "three times (BackoffLimitExceeded).",
    ],
    ["waits", job("once", "active: 0", undefined, "suspend: true,"), "stopped", "It is suspended."],
    [
      "is suspended",
      cronJob("nightly", { annotations: "gatebook.dev/title: x", spec: "suspend: true," }),
      "stopped",
      "It is suspended.",
    ],
  ])("%s", (_, yaml, state, reason) => {
    expect(onlyApi(yaml)).toMatchObject({ state, stateReason: reason });
  });
});
