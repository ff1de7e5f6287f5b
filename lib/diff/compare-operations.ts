import type { Json } from "../model/index.ts";
import { appendPointer, canonicalJson, listSecurity } from "../spec/index.ts";
import { entriesOf, follow, textOf } from "./api-form.ts";
import type { OperationForm, ParameterForm, Place } from "./api-form.ts";
import type { Comparison } from "./comparison.ts";
import { emptyPair, fixedFinding } from "./comparison.ts";
import { compareSchemas } from "./compare-schemas.ts";
import type { PairNode, SchemaPlace } from "./finding.ts";
import type { SchemaNode } from "./flatten-schema.ts";

/** The pair of one operation: its own findings and, below, those of its schemas. */
type Work = {
  readonly comparison: Comparison;
  readonly pair: PairNode;
  /** True for webhooks: the server sends the request, so both directions change places. */
  readonly inverted: boolean;
};

const mirrored: Readonly<Record<SchemaPlace, SchemaPlace>> = {
  "request-body": "response-body",
  "request-property": "response-property",
  "request-parameter": "response-header",
  "response-body": "request-body",
  "response-property": "request-property",
  "response-header": "request-parameter",
};

function nodeOf(place: Place, key = "schema"): SchemaNode {
  return { schema: place.value[key] ?? true, pointer: appendPointer(place.pointer, key) };
}

function compareSchemaAt(
  work: Work,
  before: Place,
  after: Place,
  place: SchemaPlace,
  subject: string,
  name: string,
): void {
  const child = compareSchemas(work.comparison, nodeOf(before), nodeOf(after), {
    place: work.inverted ? mirrored[place] : place,
    subject,
    name,
  });
  if (child !== null) work.pair.children.add(child);
}

function pointers(
  before: Place | null,
  after: Place | null,
): { pointerBefore: string | null; pointerAfter: string | null } {
  return { pointerBefore: before?.pointer ?? null, pointerAfter: after?.pointer ?? null };
}

function sayParameter(parameter: ParameterForm): string {
  return `the ${parameter.in} parameter \`${parameter.name}\``;
}

/** How a parameter is written on the wire, defaults made explicit (OpenAPI 3.1 §4.8.12). */
function serialisation(parameter: ParameterForm): string {
  const style =
    textOf(parameter.value["style"]) ?? (parameter.in === "query" || parameter.in === "cookie" ? "form" : "simple");
  return canonicalJson([
    style,
    parameter.value["explode"] ?? style === "form",
    parameter.value["allowReserved"] === true,
  ]);
}

function compareParameter(work: Work, before: ParameterForm, after: ParameterForm): void {
  const { pair } = work;
  const subject = sayParameter(after);
  const at = { subject, ...pointers(before, after) };
  if (before.required !== after.required) {
    pair.findings.push(
      fixedFinding(
        after.required ? "request-parameter-became-required" : "request-parameter-became-optional",
        "request",
        { ...at, before: before.required, after: after.required },
      ),
    );
  }
  const wasDeprecated = before.value["deprecated"] === true;
  if (wasDeprecated !== (after.value["deprecated"] === true)) {
    pair.findings.push(
      fixedFinding(wasDeprecated ? "request-parameter-reactivated" : "request-parameter-deprecated", "request", at),
    );
  }
  const contentBefore = before.value["content"] !== undefined;
  if (contentBefore !== (after.value["content"] !== undefined)) {
    pair.findings.push(fixedFinding("request-parameter-schema-to-content", "request", at));
    return;
  }
  if (contentBefore) {
    compareContent(work, before, after, "request-parameter", subject, after.name);
    return;
  }
  if (serialisation(before) !== serialisation(after)) {
    pair.findings.push(
      fixedFinding("request-parameter-serialization-changed", "request", {
        ...at,
        before: serialisation(before),
        after: serialisation(after),
      }),
    );
  }
  compareSchemaAt(work, before, after, "request-parameter", subject, after.name);
}

function compareParameters(work: Work, before: OperationForm, after: OperationForm): void {
  const idOf = (parameter: ParameterForm): string =>
    `${parameter.in} ${parameter.in === "header" ? parameter.name.toLowerCase() : parameter.name}`;
  const right = new Map(after.parameters.map((parameter) => [idOf(parameter), parameter]));
  const left = new Map(before.parameters.map((parameter) => [idOf(parameter), parameter]));
  const moved = new Set<string>();
  for (const [id, parameter] of left) {
    const same = right.get(id);
    if (same !== undefined) {
      compareParameter(work, parameter, same);
      continue;
    }
    const elsewhere = [...right].find(([key, other]) => other.name === parameter.name && !left.has(key));
    const at = { subject: sayParameter(parameter), ...pointers(parameter, elsewhere?.[1] ?? null) };
    if (elsewhere === undefined) {
      work.pair.findings.push(fixedFinding("request-parameter-removed", "request", { ...at, before: parameter.name }));
    } else {
      moved.add(elsewhere[0]);
      const edit =
        parameter.required || elsewhere[1].required ? "request-parameter-moved" : "request-optional-parameter-moved";
      work.pair.findings.push(fixedFinding(edit, "request", { ...at, before: parameter.in, after: elsewhere[1].in }));
    }
  }
  for (const [id, parameter] of right) {
    if (left.has(id) || moved.has(id)) continue;
    const edit = parameter.required ? "new-required-request-parameter" : "new-optional-request-parameter";
    work.pair.findings.push(
      fixedFinding(edit, "request", {
        subject: sayParameter(parameter),
        ...pointers(null, parameter),
        after: parameter.name,
      }),
    );
  }
}

/** True where a media range takes in a type: "application/*" covers "application/json". */
function covers(range: string, type: string): boolean {
  if (range === type || range === "*/*") return true;
  return range.endsWith("/*") && type.startsWith(range.slice(0, -1));
}

function mediaTypes(place: Place): ReadonlyMap<string, Place> {
  return new Map(
    entriesOf(place.value["content"]).map(([type, media]): [string, Place] => {
      const pointer = appendPointer(appendPointer(place.pointer, "content"), type);
      return [
        type.toLowerCase().replaceAll(" ", ""),
        {
          value: typeof media === "object" && media !== null && !Array.isArray(media) ? (media as Place["value"]) : {},
          pointer,
        },
      ];
    }),
  );
}

function compareContent(
  work: Work,
  before: Place,
  after: Place,
  place: SchemaPlace,
  subject: string,
  name: string,
): void {
  const left = mediaTypes(before);
  const right = mediaTypes(after);
  const isRequest = place.startsWith("request");
  const direction = isRequest ? "request" : "response";
  for (const [type, media] of left) {
    const same = right.get(type);
    if (same !== undefined) {
      compareSchemaAt(work, media, same, place, subject, name);
      if (canonicalJson(media.value["encoding"] ?? null) !== canonicalJson(same.value["encoding"] ?? null)) {
        work.pair.findings.push(
          fixedFinding("multipart-encoding-changed", direction, { subject, ...pointers(media, same) }),
        );
      }
      continue;
    }
    if ([...right.keys()].some((other) => covers(other, type)) && isRequest) continue;
    work.pair.findings.push(
      fixedFinding(isRequest ? "request-body-media-type-removed" : "response-media-type-removed", direction, {
        subject: `${subject} as \`${type}\``,
        ...pointers(media, after),
        before: type,
      }),
    );
  }
  for (const [type, media] of right) {
    if (left.has(type)) continue;
    work.pair.findings.push(
      fixedFinding(isRequest ? "request-body-media-type-added" : "response-media-type-added", direction, {
        subject: `${subject} as \`${type}\``,
        ...pointers(before, media),
        after: type,
      }),
    );
  }
}

function compareBodies(work: Work, before: OperationForm, after: OperationForm): void {
  const left = before.body;
  const right = after.body;
  const subject = "the request body";
  const at = { subject, ...pointers(left, right) };
  if (left === null && right === null) return;
  if (left === null) {
    work.pair.findings.push(
      fixedFinding(
        right?.value["required"] === true ? "request-body-added-required" : "request-body-added-optional",
        "request",
        at,
      ),
    );
    return;
  }
  if (right === null) {
    work.pair.findings.push(fixedFinding("request-body-removed", "request", at));
    return;
  }
  const wasRequired = left.value["required"] === true;
  if (wasRequired !== (right.value["required"] === true)) {
    work.pair.findings.push(
      fixedFinding(wasRequired ? "request-body-became-optional" : "request-body-became-required", "request", at),
    );
  }
  compareContent(work, left, right, "request-body", subject, "");
}

function isSuccess(status: string): boolean {
  return status.startsWith("2");
}

/** A range or the default that stands for a status which is not named itself. */
function coverOf(responses: ReadonlyMap<string, Place>, status: string): Place | undefined {
  return responses.get(`${status.charAt(0)}XX`) ?? responses.get("DEFAULT");
}

function compareHeaders(work: Work, before: Place, after: Place, status: string): void {
  const read = (response: Place): ReadonlyMap<string, Place> => {
    const side = response === before ? work.comparison.base : work.comparison.revision;
    const root = appendPointer(response.pointer, "headers");
    return new Map(
      entriesOf(response.value["headers"]).map(([name, raw]): [string, Place] => [
        name.toLowerCase(),
        follow(side, raw, appendPointer(root, name)),
      ]),
    );
  };
  const left = read(before);
  const right = read(after);
  for (const [name, header] of left) {
    const same = right.get(name);
    const subject = `the header \`${name}\` of ${status}`;
    const required = header.value["required"] === true;
    if (same === undefined) {
      work.pair.findings.push(
        fixedFinding(required ? "required-response-header-removed" : "optional-response-header-removed", "response", {
          subject,
          ...pointers(header, after),
        }),
      );
      continue;
    }
    if (required !== (same.value["required"] === true)) {
      work.pair.findings.push(
        fixedFinding(required ? "response-header-became-optional" : "response-header-became-required", "response", {
          subject,
          ...pointers(header, same),
        }),
      );
    }
    compareSchemaAt(work, header, same, "response-header", subject, name);
  }
  for (const [name, header] of right) {
    if (!left.has(name))
      work.pair.findings.push(
        fixedFinding("response-header-added", "response", {
          subject: `the header \`${name}\` of ${status}`,
          ...pointers(before, header),
        }),
      );
  }
}

function compareResponses(work: Work, before: OperationForm, after: OperationForm): void {
  const { pair } = work;
  for (const [status, response] of before.responses) {
    const same = after.responses.get(status) ?? coverOf(after.responses, status);
    const subject = `the answer ${status}`;
    if (same !== undefined) {
      compareContent(work, response, same, "response-body", subject, "");
      compareHeaders(work, response, same, status);
      continue;
    }
    const at = { subject, ...pointers(response, after), before: status };
    if (!isSuccess(status)) pair.findings.push(fixedFinding("response-non-success-status-removed", "response", at));
    else if ([...after.responses.keys()].some(isSuccess))
      pair.findings.push(fixedFinding("response-success-status-covered", "response", at));
    else pair.findings.push(fixedFinding("response-success-status-removed", "response", at));
  }
  for (const [status, response] of after.responses) {
    if (before.responses.has(status) || coverOf(before.responses, status) !== undefined) continue;
    const edit = isSuccess(status) ? "response-success-status-added" : "response-non-success-status-added";
    pair.findings.push(
      fixedFinding(edit, "response", { subject: `the answer ${status}`, ...pointers(before, response), after: status }),
    );
  }
}

function compareSecurity(work: Work, before: OperationForm, after: OperationForm): void {
  const { comparison, pair } = work;
  const left = listSecurity(comparison.base.document, before.value) ?? [""];
  const right = listSecurity(comparison.revision.document, after.value) ?? [""];
  const alternatives = (list: readonly string[]): ReadonlySet<string> => new Set(list.length === 0 ? [""] : list);
  const was = alternatives(left);
  const is = alternatives(right);
  const at = { subject: "authentication", ...pointers(before, after) };
  const say = (list: readonly string[]): Json => list.map((text) => (text === "" ? "nobody is asked" : text));
  const gone = [...was].filter((alternative) => !is.has(alternative));
  const fresh = [...is].filter((alternative) => !was.has(alternative));
  if (gone.includes(""))
    pair.findings.push(
      fixedFinding("anonymous-access-removed", "request", { ...at, before: say(left), after: say(right) }),
    );
  else if (gone.length > 0 && !is.has(""))
    pair.findings.push(
      fixedFinding("api-security-removed", "request", { ...at, before: say(gone), after: say(right) }),
    );
  if (fresh.includes(""))
    pair.findings.push(
      fixedFinding("anonymous-access-added", "request", { ...at, before: say(left), after: say(right) }),
    );
  else if (fresh.length > 0 && gone.length === 0)
    pair.findings.push(fixedFinding("api-security-added", "request", { ...at, before: say(left), after: say(fresh) }));
}

function compareLifecycle(work: Work, before: OperationForm, after: OperationForm): void {
  const { pair } = work;
  const at = { subject: "the operation", ...pointers(before, after) };
  const was = before.value["deprecated"] === true;
  const is = after.value["deprecated"] === true;
  const from = textOf(before.value["x-sunset"]);
  const to = textOf(after.value["x-sunset"]);
  if (!was && is)
    pair.findings.push(
      fixedFinding(to === null ? "endpoint-deprecated" : "endpoint-deprecated-with-sunset", "none", {
        ...at,
        after: to,
      }),
    );
  else if (was && !is) pair.findings.push(fixedFinding("endpoint-reactivated", "none", at));
  else if (from !== null && to === null)
    pair.findings.push(fixedFinding("sunset-deleted", "none", { ...at, before: from }));
  else if (from === null && to !== null) pair.findings.push(fixedFinding("sunset-added", "none", { ...at, after: to }));
  else if (from !== null && to !== null && from !== to) {
    const earlier = Date.parse(to) < Date.parse(from);
    pair.findings.push(
      fixedFinding(earlier ? "sunset-moved-earlier" : "sunset-moved-later", "none", { ...at, before: from, after: to }),
    );
  }
  const oldId = textOf(before.value["operationId"]);
  const newId = textOf(after.value["operationId"]);
  if (oldId === newId) return;
  const edit = oldId === null ? "api-operation-id-added" : "api-operation-id-removed";
  pair.findings.push(fixedFinding(edit, "none", { ...at, before: oldId, after: newId }));
}

function compareCallbacks(work: Work, before: OperationForm, after: OperationForm): void {
  const { comparison, pair } = work;
  const left = new Map(entriesOf(before.value["callbacks"]));
  const right = new Map(entriesOf(after.value["callbacks"]));
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const from = left.get(name);
    const to = right.get(name);
    const at = { subject: `the callback \`${name}\``, ...pointers(before, after) };
    if (from === undefined) pair.findings.push(fixedFinding("callback-added", "response", at));
    else if (to === undefined) pair.findings.push(fixedFinding("callback-removed", "response", at));
    else if (comparison.base.hasher.hashValue(from) !== comparison.revision.hasher.hashValue(to)) {
      pair.findings.push(fixedFinding("callback-changed", "response", { ...at, proof: "unknown" }));
    }
  }
}

/** Compares two forms of one operation; everything that it finds hangs on the returned pair. */
export function compareOperations(
  comparison: Comparison,
  before: OperationForm,
  after: OperationForm,
  inverted: boolean,
): PairNode {
  const work: Work = { comparison, pair: emptyPair(), inverted };
  compareLifecycle(work, before, after);
  compareSecurity(work, before, after);
  compareParameters(work, before, after);
  compareBodies(work, before, after);
  compareResponses(work, before, after);
  compareCallbacks(work, before, after);
  return work.pair;
}
