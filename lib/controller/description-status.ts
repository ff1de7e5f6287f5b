import type { ChangeCounts, DescribedObject, DiscoveredApi, DiscoveredLine, JsonObject } from "../model/index.ts";
import type { DescribedApi, DescribedVersion, KeptAcquisition } from "../store/index.ts";
import { isRecordOf } from "./keep-records.ts";

/** What a condition says, before it is known since when. */
export type Condition = {
  readonly type: "Accepted" | "Discovered" | "DescriptionFetched" | "DescriptionValid" | "Published";
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
};
type Finding = Omit<Condition, "type">;

/** All that the status of one ApiDescription tells of. */
export type StatusInput = {
  readonly object: DescribedObject;
  /** Kinds of which not everything is known at present. */
  readonly staleKinds: readonly string[];
  /** What the objects say and is not followed. */
  readonly warnings: readonly string[];
  /** The API that it names; null where it names none, or where the catalogue does not have it yet. */
  readonly live: {
    readonly id: string;
    readonly api: DiscoveredApi;
    readonly records: ReadonlyMap<string, KeptAcquisition>;
    readonly stored: DescribedApi;
    readonly pageUrl: string;
  } | null;
};

const messageMax = 4_000;
const warningsShown = 5;
const objectsShown = 4;
const ownTypes: ReadonlySet<string> = new Set<Condition["type"]>([
  "Accepted",
  "Discovered",
  "DescriptionFetched",
  "DescriptionValid",
  "Published",
]);
const severity = { True: 0, Unknown: 1, False: 2 } as const;
const originReasons = { declared: "Declared", fetched: "Fetched", derived: "Derived" } as const;

function isTrue(reason: string, message: string): Finding {
  return { status: "True", reason, message };
}
function isFalse(reason: string, message: string): Finding {
  return { status: "False", reason, message };
}
function isUnknown(reason: string, message: string): Finding {
  return { status: "Unknown", reason, message };
}

/** A word such as `scaled-to-zero` as a reason of a condition is written: ScaledToZero. */
function reasonOf(word: string): string {
  return word.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function sentences(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join(" ");
}

/** How the description of a line's current revision was had, and whether it can be read. */
function describeLine(
  { api, records }: NonNullable<StatusInput["live"]>,
  { name, currentRevision }: DiscoveredLine,
): { readonly fetched: Finding; readonly valid: Finding } {
  const probes = api.probes.filter(({ line }) => line === name);
  const target =
    probes.find(({ revision }) => revision === currentRevision) ?? (probes.length === 1 ? probes[0] : null);
  const unfetched = isUnknown("NotFetched", "There is no description to judge yet.");
  if (target === undefined || target === null)
    return { fetched: isUnknown("NoReadyRevision", "No revision of it is ready."), valid: unfetched };
  const record = records.get(target.revision);
  if (!isRecordOf(target, record))
    return {
      fetched:
        target.hold === null
          ? isUnknown("Pending", "It has not been asked yet.")
          : isUnknown(reasonOf(target.hold), "It is not asked as long as that is so."),
      valid: unfetched,
    };
  const { outcome, failure, place, message, advice, documentDigest, origin } = record;
  const kept = documentDigest === null ? null : "What was had before is kept.";
  const valid =
    documentDigest === null
      ? unfetched
      : record.unstable
        ? isFalse("Unstable", "It differs from fetch to fetch; the one that was had first stays.")
        : isTrue("Valid", "It is a description that can be read.");
  if (outcome === "fetched") return { fetched: isTrue(originReasons[origin ?? "fetched"], sentences(place)), valid };
  if (outcome === "held")
    return {
      fetched:
        documentDigest === null
          ? isUnknown(reasonOf(target.hold ?? "held"), sentences(message, advice))
          : isTrue("Kept", sentences(message, advice)),
      valid,
    };
  if (outcome === "none") return { fetched: isFalse("NoneOffered", sentences(message, advice)), valid };
  if (failure === "invalid")
    return {
      fetched: isTrue("Fetched", sentences(place)),
      valid: isFalse("Invalid", sentences(message, advice, kept)),
    };
  return { fetched: isFalse(reasonOf(failure ?? "failed"), sentences(message, advice, kept)), valid };
}

/** The worst of what is said of the lines, which are named where they are several. */
function worstOf(findings: readonly { readonly line: string; readonly finding: Finding }[]): Finding {
  const [first, ...others] = findings;
  if (first === undefined) return isUnknown("Pending", "Nothing is known of it yet.");
  const worst = others.reduce(
    (found, one) => (severity[one.finding.status] > severity[found.finding.status] ? one : found),
    first,
  );
  if (others.length === 0) return worst.finding;
  return { ...worst.finding, message: `Line ${worst.line}: ${worst.finding.message}` };
}

function publishedOf(live: NonNullable<StatusInput["live"]>, lacking: Finding): Finding {
  const versions = live.api.lines.flatMap(({ name }) => live.stored.current.find(({ line }) => line === name) ?? []);
  const [first] = versions;
  if (first !== undefined && versions.length === live.api.lines.length) {
    const said = versions.map(({ line, number, label }) => {
      const which = label === "" || label === String(number) ? String(number) : `${String(number)} (${label})`;
      return live.api.lines.length === 1 ? which : `${which} of ${line}`;
    });
    return isTrue("Published", `Current is version ${said.join(", ")}.`);
  }
  if (lacking.status === "True") return isFalse("Pending", "It is listed; its first version is being made.");
  return isFalse(lacking.reason, `It is listed without a description. ${lacking.message}`);
}

function conditionsOf({ object, staleKinds, warnings, live }: StatusInput): readonly Condition[] {
  const say = (
    accepted: Finding,
    discovered: Finding,
    fetched: Finding,
    valid: Finding,
    published: Finding,
  ): readonly Condition[] => [
    { type: "Accepted", ...accepted },
    { type: "Discovered", ...discovered },
    { type: "DescriptionFetched", ...fetched },
    { type: "DescriptionValid", ...valid },
    { type: "Published", ...published },
  ];
  if (object.refusal !== null) {
    const { reason, message } = object.refusal;
    const idle = isUnknown("NotAccepted", "It is not used; Accepted says why.");
    return say(isFalse(reason, message), idle, idle, idle, isFalse(reason, message));
  }
  const told = object.api === null ? [] : warnings.slice(0, warningsShown);
  const accepted =
    told.length === 0 ? isTrue("Accepted", "It is used.") : isTrue("PartlyUsed", `It is used, but: ${told.join(" ")}`);
  if (object.api === null) {
    const isCertain = staleKinds.length === 0;
    const missing = object.missing ?? "Its targets are no API.";
    const found = isCertain
      ? isFalse("NoApi", missing)
      : isUnknown("ClusterUnknown", `${missing} Not everything is known at present: ${staleKinds.join(", ")}.`);
    const idle = isUnknown("NotDiscovered", "There is nothing to ask; Discovered says why.");
    return say(accepted, found, idle, idle, { ...found, status: isCertain ? "False" : "Unknown" });
  }
  if (live === null) {
    const pending = isUnknown("Pending", "It is being written to the catalogue.");
    const found = isTrue("Discovered", "Its targets are there.");
    return say(accepted, found, pending, pending, isFalse("Pending", pending.message));
  }
  const lines = live.api.lines.map((line) => ({ line: line.name, ...describeLine(live, line) }));
  const fetched = worstOf(lines.map(({ line, fetched: finding }) => ({ line, finding })));
  const valid = worstOf(lines.map(({ line, valid: finding }) => ({ line, finding })));
  const objects = live.api.members.filter(({ kind }) => kind !== "ApiDescription");
  const named = objects.slice(0, objectsShown).map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);
  const more = objects.length > objectsShown ? ` and ${String(objects.length - objectsShown)} more` : "";
  const found = isTrue("Discovered", `It is ${named.join(", ")}${more}.`);
  return say(accepted, found, fetched, valid, publishedOf(live, fetched.status === "True" ? valid : fetched));
}

function countsOf({ breaking, risky, safe, info }: ChangeCounts): JsonObject {
  return { breaking, risky, safe, info };
}

function versionOf(line: string, versions: readonly DescribedVersion[]): JsonObject | null {
  const own = versions.find((version) => version.line === line);
  if (own === undefined) return null;
  const { number, label, contractDigest, since, counts } = own;
  return { number, label, contractDigest, since: toTime(since), changes: countsOf(counts) };
}

/** As Kubernetes writes a time: in whole seconds. */
function toTime(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

function versionsOf(line: string, stored: DescribedApi): JsonObject {
  const current = versionOf(line, stored.current);
  const upcoming = versionOf(line, stored.upcoming);
  return {
    ...(current === null ? {} : { currentVersion: current }),
    ...(upcoming === null ? {} : { upcomingVersion: upcoming }),
  };
}

function apiPart({ id, api, stored, pageUrl }: NonNullable<StatusInput["live"]>): JsonObject {
  const [main, ...others] = api.lines;
  const publicUrls = [...new Set(api.endpoints.filter(({ reach }) => reach === "public").map(({ url }) => url))];
  return {
    portalUrl: pageUrl,
    api: {
      id,
      state: api.state,
      ...(api.stateReason === null ? {} : { stateReason: api.stateReason.slice(0, messageMax) }),
      publicUrls,
      origin: stored.origin,
      operations: stored.operationCount,
      followers: stored.followerCount,
    },
    ...(main === undefined ? {} : versionsOf(main.name, stored)),
    ...(others.length === 0 ? {} : { lines: others.map(({ name }) => ({ name, ...versionsOf(name, stored) })) }),
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The condition of this type that the object has now. */
function presentCondition(status: unknown, type: string): Readonly<Record<string, unknown>> {
  const list = fieldsOf(status)["conditions"];
  const all: readonly unknown[] = Array.isArray(list) ? list : [];
  return all.map(fieldsOf).find((condition) => condition["type"] === type) ?? {};
}

/**
 * What the status of an ApiDescription is to be (DESIGN §4), conditions in the form of Kubernetes' API conventions: one that
 * stays what it was keeps the time of its last transition.
 */
export function makeStatus(input: StatusInput, now: Date): JsonObject {
  const { object, live } = input;
  const generation = object.generation === null ? {} : { observedGeneration: object.generation };
  return {
    ...generation,
    conditions: conditionsOf(input).map(({ type, status, reason, message }) => {
      const before = presentCondition(object.status, type);
      const since = before["status"] === status ? before["lastTransitionTime"] : null;
      return {
        type,
        status,
        reason,
        message: message.slice(0, messageMax),
        ...generation,
        lastTransitionTime: typeof since === "string" && !Number.isNaN(Date.parse(since)) ? since : toTime(now),
      };
    }),
    ...(live === null ? {} : apiPart(live)),
  };
}

/** Its text in one order of keys, so that equal statuses are equal texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, own]) => [key, sorted(own)]),
  );
}

/** A status as one text, conditions of other writers apart; equal texts need no writing. */
export function statusText(status: unknown): string {
  const { conditions, ...rest } = fieldsOf(status);
  const own = (Array.isArray(conditions) ? conditions : [])
    .map(fieldsOf)
    .filter(({ type }) => typeof type === "string" && ownTypes.has(type))
    .sort((left, right) => (String(left["type"]) < String(right["type"]) ? -1 : 1));
  return JSON.stringify(sorted({ ...rest, conditions: own }));
}
