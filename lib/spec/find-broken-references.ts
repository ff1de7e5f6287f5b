import type { DescriptionProblem, Json, JsonObject } from "../model/index.ts";
import { appendPointer, pointerOfReference, resolvePointer } from "./json-pointer.ts";
import { isJsonObject } from "./json-value.ts";

/**
 * References that lead nowhere, and external ones, which are never followed: both are said to the reader, and what they stand
 * for counts as unknown. At most `problemsMax` are listed.
 */
export function findBrokenReferences(document: JsonObject, problemsMax = 50): readonly DescriptionProblem[] {
  const problems: DescriptionProblem[] = [];
  const walk = (value: Json, pointer: string, isExample: boolean): void => {
    if (problems.length >= problemsMax) return;
    if (Array.isArray(value)) {
      (value as readonly Json[]).forEach((item, index) => {
        walk(item, appendPointer(pointer, index), isExample);
      });
      return;
    }
    if (!isJsonObject(value)) return;
    const reference = value["$ref"];
    if (typeof reference === "string" && !isExample) {
      const target = pointerOfReference(reference);
      if (target === null)
        problems.push({
          pointer,
          message: `The reference to \`${reference.slice(0, 200)}\` leads outside the document and is not followed.`,
        });
      else if (resolvePointer(document, target) === undefined)
        problems.push({ pointer, message: `The reference to \`${reference.slice(0, 200)}\` leads nowhere.` });
    }
    for (const [key, item] of Object.entries(value)) {
      walk(
        item,
        appendPointer(pointer, key),
        isExample || key === "example" || key === "examples" || key === "default",
      );
    }
  };
  walk(document, "", false);
  return problems;
}
