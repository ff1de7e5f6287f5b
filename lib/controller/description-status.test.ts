import { describe, expect, it } from "vitest";
import { z } from "zod";
import { discoveredApi } from "../../test/integration/make-api.ts";
import type { AcquisitionRecord, DescribedObject, ProbeTarget } from "../model/index.ts";
import type { DescribedApi, KeptAcquisition } from "../store/index.ts";
import { makeStatus, statusText } from "./description-status.ts";
import type { StatusInput } from "./description-status.ts";

const now = new Date("2026-03-01T10:00:00.500Z");
const key = { cluster: "c", namespace: "team", group: "gatebook.dev", kind: "ApiDescription", name: "scores" };
const object: DescribedObject = {
  key,
  uid: "u",
  generation: 3,
  status: undefined,
  refusal: null,
  api: key,
  missing: null,
};

const probe = (revision: string, changes: Partial<ProbeTarget> = {}): ProbeTarget => ({
  revision,
  line: "main",
  probeKey: `key of ${revision}`,
  server: "fastapi",
  protocol: "rest",
  modelName: null,
  examples: [],
  headers: [],
  declared: null,
  addresses: [],
  basePath: "",
  prefixes: [],
  composed: null,
  admission: null,
  mayWake: false,
  isMeshed: false,
  hold: null,
  ...changes,
});

const record = (revision: string, changes: Partial<KeptAcquisition> = {}): KeptAcquisition => ({
  apiId: "id",
  revision,
  probeKey: `key of ${revision}`,
  askedAt: now,
  outcome: "fetched",
  origin: "fetched",
  failure: null,
  place: "GET /openapi.json at 10.0.0.7:8080",
  message: null,
  advice: null,
  etag: null,
  requests: 1,
  failures: 0,
  prefixes: [],
  admission: null,
  documentDigest: "d",
  contractDigest: "c",
  contractDigests: ["c"],
  unstable: false,
  fetchedAt: now,
  ...changes,
});

const version = (line = "main"): DescribedApi["current"][number] => ({
  line,
  number: 2,
  label: "1.4.0",
  contractDigest: "c2",
  since: now,
  counts: { breaking: 1, risky: 0, safe: 2, info: 0 },
});

const live = (
  record1: KeptAcquisition | null,
  options: { readonly probe?: Partial<ProbeTarget>; readonly current?: DescribedApi["current"] } = {},
): NonNullable<StatusInput["live"]> => ({
  id: "id",
  api: discoveredApi("scores", {
    key,
    lines: [{ name: "main", currentRevision: "scores" }],
    probes: [probe("scores", options.probe)],
  }),
  records: new Map(record1 === null ? [] : [["scores", record1]]),
  stored: {
    origin: "fetched",
    operationCount: 4,
    followerCount: 2,
    current: options.current ?? [],
    upcoming: [],
  },
  pageUrl: "https://portal/apis/team/scores",
});

const shape = z.looseObject({
  conditions: z.array(
    z.looseObject({
      type: z.string(),
      status: z.string(),
      reason: z.string(),
      message: z.string(),
      lastTransitionTime: z.string(),
    }),
  ),
});

function makeOf(input: Partial<StatusInput>): z.infer<typeof shape> {
  return shape.parse(makeStatus({ object, staleKinds: [], warnings: [], live: null, ...input }, now));
}

function conditionsOf(input: Partial<StatusInput>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    makeOf(input).conditions.map(({ type, status, reason, message }) => [type, `${status} ${reason}: ${message}`]),
  );
}

describe("of a description that was asked for", () => {
  const failed: Partial<AcquisitionRecord> & Partial<KeptAcquisition> = {
    outcome: "failed",
    failure: "unreachable",
    message: "Nothing answers.",
    advice: "Look at the port.",
  };
  it.each<[string, KeptAcquisition | null, Partial<ProbeTarget>, string, string]>([
    ["had", record("scores"), {}, "True Fetched: GET /openapi.json at 10.0.0.7:8080", "True Valid"],
    [
      "declared",
      record("scores", { origin: "declared", place: "ConfigMap a" }),
      {},
      "True Declared: ConfigMap a",
      "True Valid",
    ],
    ["made of what the model says", record("scores", { origin: "derived" }), {}, "True Derived", "True Valid"],
    [
      "never the same",
      record("scores", { unstable: true }),
      {},
      "True Fetched",
      "False Unstable: It differs from fetch to fetch; the one that was had first stays.",
    ],
    ["not asked yet", null, {}, "Unknown Pending: It has not been asked yet.", "Unknown NotFetched"],
    ["asked under another key", record("scores", { probeKey: "old" }), {}, "Unknown Pending", "Unknown NotFetched"],
    [
      "scaled to zero from the first day",
      null,
      { hold: "scaled-to-zero" },
      "Unknown ScaledToZero",
      "Unknown NotFetched",
    ],
    [
      "scaled to zero with what is kept",
      record("scores", { outcome: "held", message: "Asking would wake it." }),
      { hold: "scaled-to-zero" },
      "True Kept: Asking would wake it.",
      "True Valid",
    ],
    [
      "unreachable",
      record("scores", { ...failed, documentDigest: null }),
      {},
      "False Unreachable: Nothing answers. Look at the port.",
      "Unknown NotFetched",
    ],
    [
      "unreachable with what is kept",
      record("scores", failed),
      {},
      "False Unreachable: Nothing answers. Look at the port. What was had before is kept.",
      "True Valid",
    ],
    [
      "no document",
      record("scores", { ...failed, failure: "config-map-missing", documentDigest: null }),
      {},
      "False ConfigMapMissing",
      "Unknown NotFetched",
    ],
    [
      "invalid",
      record("scores", { ...failed, failure: "invalid", documentDigest: null }),
      {},
      "True Fetched: GET /openapi.json",
      "False Invalid: Nothing answers. Look at the port.",
    ],
    [
      "offered by nobody",
      record("scores", { outcome: "none", message: "It has none.", advice: "Write one.", documentDigest: null }),
      {},
      "False NoneOffered: It has none. Write one.",
      "Unknown NotFetched",
    ],
  ])("%s", (_, own, changes, fetched, valid) => {
    const said = conditionsOf({ live: live(own, { probe: changes }) });
    expect(said["DescriptionFetched"]).toContain(fetched);
    expect(said["DescriptionValid"]).toContain(valid);
  });
});

describe("published", () => {
  it.each<[string, Partial<StatusInput>, string]>([
    [
      "with a current version",
      { live: live(record("scores"), { current: [version()] }) },
      "True Published: Current is version 2 (1.4.0).",
    ],
    ["in a moment", { live: live(record("scores")) }, "False Pending: It is listed; its first version is being made."],
    [
      "as a name without a description",
      { live: live(record("scores", { outcome: "none", message: "It has none.", documentDigest: null })) },
      "False NoneOffered: It is listed without a description. It has none.",
    ],
    [
      "not at all, since it is refused",
      { object: { ...object, api: null, refusal: { reason: "Conflicted", message: "Another is older." } } },
      "False Conflicted: Another is older.",
    ],
    [
      "not at all, since there is nothing",
      { object: { ...object, api: null, missing: "Its target does not exist." } },
      "False NoApi: Its target does not exist.",
    ],
    [
      "perhaps, where the cluster is not known",
      { object: { ...object, api: null, missing: "Its target does not exist." }, staleKinds: ["Service"] },
      "Unknown ClusterUnknown: Its target does not exist. Not everything is known at present: Service.",
    ],
    ["soon, where it is not stored yet", {}, "False Pending: It is being written to the catalogue."],
  ])("%s", (_, input, published) => {
    expect(conditionsOf(input)["Published"]).toBe(published);
  });

  it("of several lines the worst is told, by name", () => {
    const one = live(record("scores"), { current: [version()] });
    const both = {
      ...one,
      api: {
        ...one.api,
        lines: [...one.api.lines, { name: "v2", currentRevision: "scores-v2" }],
        probes: [...one.api.probes, probe("scores-v2", { line: "v2" })],
      },
    };
    expect(conditionsOf({ live: both })).toMatchObject({
      DescriptionFetched: "Unknown Pending: Line v2: It has not been asked yet.",
      Published: "False Pending: It is listed without a description. Line v2: It has not been asked yet.",
    });
  });

  it("says what its owner asked for and does not get", () => {
    const said = conditionsOf({ warnings: ["`public` is not allowed here."], live: live(record("scores")) });
    expect(said["Accepted"]).toBe("True PartlyUsed: It is used, but: `public` is not allowed here.");
  });
});

describe("the time of a condition", () => {
  const had = (status: string): DescribedObject => ({
    ...object,
    status: {
      conditions: [
        { type: "Accepted", status, reason: "Old", message: "", lastTransitionTime: "2026-01-01T00:00:00Z" },
      ],
    },
  });
  const timeOf = (own: DescribedObject): unknown => makeOf({ object: own }).conditions[0]?.lastTransitionTime;

  it.each([
    ["stays while the status stays", had("True"), "2026-01-01T00:00:00Z"],
    ["moves with it", had("False"), "2026-03-01T10:00:00Z"],
    ["is now where there was none", object, "2026-03-01T10:00:00Z"],
    [
      "is now where there was nonsense",
      { ...object, status: { conditions: [7, { type: "Accepted", status: "True", lastTransitionTime: "soon" }] } },
      "2026-03-01T10:00:00Z",
    ],
  ])("%s", (_, own, time) => {
    expect(timeOf(own)).toBe(time);
  });
});

it("a status is the same in any order, whatever others wrote beside it", () => {
  const status = makeOf({ live: live(record("scores"), { current: [version()] }) });
  const beside = {
    ...Object.fromEntries(Object.entries(status).reverse()),
    conditions: [{ type: "Other", status: "True" }, ...status.conditions.toReversed()],
  };
  expect(statusText(beside)).toBe(statusText(status));
  expect(statusText({ ...beside, portalUrl: "https://elsewhere" })).not.toBe(statusText(status));
  expect(statusText(undefined)).not.toBe(statusText(status));
});
