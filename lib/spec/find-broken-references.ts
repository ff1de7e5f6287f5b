import type { DescriptionProblem, Json, JsonObject } from "../model/index.ts";
import { appendPointer, pointerOfReference, resolvePointer } from "./json-pointer.ts";
import { isJsonObject } from "./json-value.ts";

/** Keys whose objects map names that people chose; below them a key is no keyword. */
const nameMaps = new Set([
  "properties",
  "patternProperties",
  "dependentSchemas",
  "$defs",
  "definitions",
  "schemas",
  "responses",
  "parameters",
  "requestBodies",
  "headers",
  "callbacks",
  "pathItems",
  "securitySchemes",
  "links",
  "paths",
  "webhooks",
  "content",
  "encoding",
]);
/** Keys whose values are data: what looks like a reference there is none. */
const data = new Set(["example", "examples", "default", "enum", "const"]);

/**
 * References that lead nowhere, and external ones, which are never followed: both are said to the reader, and what they stand
 * for counts as unknown. At most `problemsMax` are listed.
 */
export function findBrokenReferences(document: JsonObject, problemsMax = 50): readonly DescriptionProblem[] {
  const problems: DescriptionProblem[] = [];
  const path: (string | number)[] = [];
  const note = (message: string): void => {
    problems.push({ pointer: path.reduce<string>((pointer, token) => appendPointer(pointer, token), ""), message });
  };
  const checkReference = (reference: string): void => {
    const said = `\`${reference.slice(0, 200)}\``;
    const target = pointerOfReference(reference);
    if (target === null && reference.startsWith("#"))
      note(`The reference ${said} is not a JSON pointer and is not followed.`);
    else if (target === null) note(`The reference to ${said} leads outside the document and is not followed.`);
    else if (resolvePointer(document, target) === undefined) note(`The reference to ${said} leads nowhere.`);
  };
  const step = (token: string | number, value: Json, isNameMap: boolean): void => {
    path.push(token);
    walk(value, isNameMap);
    path.pop();
  };
  const walk = (value: Json, isNameMap: boolean): void => {
    if (problems.length >= problemsMax || value === null || typeof value !== "object") return;
    if (Array.isArray(value)) {
      (value as readonly Json[]).forEach((item, index) => {
        step(index, item, false);
      });
      return;
    }
    if (!isJsonObject(value)) return;
    const reference = value["$ref"];
    if (typeof reference === "string" && !isNameMap) checkReference(reference);
    for (const [key, item] of Object.entries(value)) {
      if (isNameMap || !(data.has(key) || key.startsWith("x-"))) step(key, item, !isNameMap && nameMaps.has(key));
    }
  };
  walk(document, false);
  return problems;
}
