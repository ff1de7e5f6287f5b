import type { Json } from "../model/index.ts";
import { canonicalJson, encodingOf, isJsonObject, objectOf, readContent, textOf } from "../spec/index.ts";
import type { Place } from "../spec/index.ts";
import { compareSchemaAt } from "./operation-work.ts";
import type { OperationWork, SchemaSpot } from "./operation-work.ts";

/** True where a media range takes in a type: "application/*" covers "application/json". */
function covers(range: string, type: string): boolean {
  if (range === "*/*" || range === "*") return true;
  return range.endsWith("/*") && type.startsWith(range.slice(0, -1));
}

function typesOf(encoding: Json | undefined): ReadonlySet<string> | null {
  const text = textOf(objectOf(encoding)["contentType"]);
  return text === null ? null : new Set(text.split(",").map((type) => type.trim().toLowerCase()));
}

function compareEncoding(work: OperationWork, before: Place, after: Place, spot: SchemaSpot): void {
  const from = encodingOf(work.comparison.base, before);
  const to = encodingOf(work.comparison.revision, after);
  if (canonicalJson(from) === canonicalJson(to)) return;
  const left = isJsonObject(from) ? from : {};
  const right = isJsonObject(to) ? to : {};
  const narrowed = Object.keys(left).filter((name) => {
    const was = typesOf(left[name]);
    const is = typesOf(right[name]);
    return (
      was !== null &&
      is !== null &&
      [...was].some((type) => ![...is].some((range) => range === type || covers(range, type)))
    );
  });
  const direction = spot.place.startsWith("request") ? "request" : "response";
  const sayTypes = (encoding: Readonly<Record<string, Json>>): Json =>
    narrowed.map((name) => [...(typesOf(encoding[name]) ?? [])].join(", "));
  if (narrowed.length > 0 && direction === "request")
    work.report("multipart-encoding-narrowed", direction, {
      subject: spot.subject,
      before,
      after,
      from: sayTypes(left),
      to: sayTypes(right),
    });
  else work.report("multipart-encoding-changed", direction, { subject: spot.subject, before, after });
}

function compareMedia(work: OperationWork, before: Place, after: Place, spot: SchemaSpot): void {
  compareSchemaAt(work, before, after, spot);
  if (before.value["itemSchema"] !== undefined || after.value["itemSchema"] !== undefined)
    compareSchemaAt(work, before, after, { ...spot, subject: `an item of ${spot.subject}`, name: "[]" }, "itemSchema");
  compareEncoding(work, before, after, spot);
}

/** Compares what a body, a response or a parameter may hold, media type by media type. */
export function compareContent(work: OperationWork, before: Place, after: Place, spot: SchemaSpot): void {
  const left = readContent(before);
  const right = readContent(after);
  const isRequest = spot.place.startsWith("request");
  const direction = isRequest ? "request" : "response";
  const covering = new Set<string>();
  for (const [type, media] of left) {
    const same = right.get(type);
    if (same !== undefined) {
      compareMedia(work, media, same, spot);
      continue;
    }
    const subject = `${spot.subject} as \`${type}\``;
    const range = [...right].find(([other]) => covers(other, type));
    if (range === undefined) {
      work.report(isRequest ? "request-body-media-type-removed" : "response-media-type-removed", direction, {
        subject,
        before: media,
        after,
        from: type,
      });
      continue;
    }
    covering.add(range[0]);
    work.report(isRequest ? "request-body-media-type-covered" : "response-media-type-name-generalized", direction, {
      subject,
      before: media,
      after: range[1],
      from: type,
      to: range[0],
    });
    compareMedia(work, media, range[1], spot);
  }
  for (const [type, media] of right) {
    if (left.has(type) || (covering.has(type) && !isRequest)) continue;
    work.report(isRequest ? "request-body-media-type-added" : "response-media-type-added", direction, {
      subject: `${spot.subject} as \`${type}\``,
      before,
      after: media,
      to: type,
    });
  }
}
