import { sha256Hex } from "../base/index.ts";
import type { DescriptionProblem, DescriptionResult, JsonObject, Repair } from "../model/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import { checkStructure } from "./check-structure.ts";
import { digestContract } from "./digest-contract.ts";
import { findBrokenReferences } from "./find-broken-references.ts";
import { isJsonObject, objectOf, textOf } from "./json-value.ts";
import { listOperations } from "./list-operations.ts";
import { parseText, requireObject } from "./parse-text.ts";
import type { ParseLimits } from "./parse-text.ts";
import { isPlaceholderLabel, isPlaceholderTitle } from "./placeholder-title.ts";
import { repairDocument } from "./repair-document.ts";
import { detectFormat, upgradeDocument } from "./upgrade-document.ts";

/** Raises with every change that gives another digest or document for the same bytes. */
export const pipelineVersion = 3;

export type ReadLimits = Partial<ParseLimits>;

/** What is known of the API beside its document, put in once that is in its OpenAPI 3.1 form. */
export type Amend = (document: JsonObject) => JsonObject;

const standardLimits: ParseLimits = { bytesMax: 16 * 1024 * 1024, depthMax: 200, nodesMax: 3_000_000 };

function invalid(message: string, pointer = ""): DescriptionResult {
  return { kind: "invalid", problems: [{ pointer, message }] };
}

function checkShape(document: JsonObject): DescriptionResult | null {
  const format = detectFormat(document);
  if (format === null) {
    const said = document["openapi"] ?? document["swagger"];
    return said === undefined
      ? invalid("It has neither `openapi` nor `swagger` at its top: it is not an OpenAPI description.")
      : invalid(
          `It says version ${JSON.stringify(said).slice(0, 40)}; Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are read.`,
          document["openapi"] === undefined ? "/swagger" : "/openapi",
        );
  }
  const hasOther = isJsonObject(document["webhooks"]) || isJsonObject(document["components"]);
  if (!isJsonObject(document["paths"]) && !(document["paths"] === undefined && hasOther))
    return invalid("`paths` is not an object.", "/paths");
  return null;
}

/**
 * Brings the bytes of a description through the whole pipeline. Never throws for what they hold, and makes no request.
 * A description that is merely imperfect is "ok" with `repairs` that say what was mended or is unclear.
 */
export function readDescription(
  body: Uint8Array,
  limits: ReadLimits = {},
  amend: Amend = (document) => document,
): DescriptionResult {
  const parsed = parseText(body, { ...standardLimits, ...limits });
  if (parsed.kind === "invalid") return parsed;
  const source = requireObject(parsed.value);
  if (source === null) return invalid("It is not an object: a description has `openapi` and `paths` at its top.");
  const wrong = checkShape(source);
  if (wrong !== null) return wrong;
  const format = detectFormat(source);
  if (format === null) return invalid("It is not an OpenAPI description.");

  const mended = repairDocument(source);
  let document: JsonObject;
  try {
    document = amend(upgradeDocument(mended.document, format));
  } catch (err) {
    return invalid(
      `Its structure cannot be read as ${format}: ${err instanceof Error ? err.message : "unknown reason"}.`,
    );
  }
  const info = objectOf(document["info"]);
  const title = textOf(info["title"]) ?? "";
  const version = textOf(info["version"]) ?? "";
  const description = textOf(info["summary"]) ?? textOf(info["description"]) ?? "";
  const notes: readonly DescriptionProblem[] = [
    ...parsed.notes,
    ...findBrokenReferences(document),
    ...checkStructure(document),
  ];
  const repairs: readonly Repair[] = [
    ...mended.repairs,
    ...notes.map(({ pointer, message }) => ({ pointer, message })),
  ];
  return {
    kind: "ok",
    description: {
      format,
      document,
      title: isPlaceholderTitle(title) ? "" : title,
      label: isPlaceholderLabel(version, title) ? null : version,
      summary: (description.split(/\n\s*\n/)[0] ?? "").slice(0, 500),
      documentDigest: sha256Hex(canonicalJson(document)),
      contractDigest: digestContract(document),
      operations: listOperations(document),
      repairs: repairs.slice(0, 200),
      pipelineVersion,
    },
  };
}
