import type { Json, JsonObject } from "../model/index.ts";
import { isJsonObject } from "./json-value.ts";

const intoPaths = "#/paths/";
const kept = "x-gatebook-source-paths";

function pointsIntoPaths(value: Json, depth = 0): boolean {
  if (depth > 200) return false;
  if (Array.isArray(value)) return value.some((item: Json) => pointsIntoPaths(item, depth + 1));
  if (!isJsonObject(value)) return false;
  return Object.entries(value).some(
    ([key, member]) =>
      ((key === "$ref" || key === "operationRef") && typeof member === "string" && member.startsWith(intoPaths)) ||
      pointsIntoPaths(member, depth + 1),
  );
}

function redirect(value: Json, depth = 0): Json {
  if (depth > 200) return value;
  if (Array.isArray(value)) return value.map((item: Json) => redirect(item, depth + 1));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]): [string, Json] => [
      key,
      (key === "$ref" || key === "operationRef") && typeof member === "string" && member.startsWith(intoPaths)
        ? `#/${kept}/${member.slice(intoPaths.length)}`
        : redirect(member, depth + 1),
    ]),
  );
}

/**
 * A document whose paths may be renamed: where parts of it are referred to by a path, the paths as they were are kept beside
 * the new ones, and the references lead there. The same document where nothing does.
 */
export function keepPathReferences(document: JsonObject): JsonObject {
  if (!pointsIntoPaths(document)) return document;
  const redirected = redirect(document);
  return isJsonObject(redirected) ? { ...redirected, [kept]: redirected["paths"] ?? {} } : document;
}
