import type { JsonObject, Operation } from "../model/index.ts";
import { httpMethods } from "../model/index.ts";
import { follow } from "./api-form.ts";
import { arrayOf, isJsonObject, objectOf, textOf } from "./json-value.ts";

/** Every method on every path, in the order of the document; `limit` bounds hostile input. */
export function listOperations(document: JsonObject, limit = 20_000): readonly Operation[] {
  const operations: Operation[] = [];
  for (const [path, item] of Object.entries(objectOf(document["paths"]))) {
    if (!path.startsWith("/")) continue;
    const resolved = follow(document, item, "").value;
    for (const method of httpMethods) {
      const operation = resolved[method];
      if (!isJsonObject(operation)) continue;
      if (operations.length >= limit) return operations;
      const summary = textOf(operation["summary"]) ?? textOf(operation["description"])?.split("\n")[0] ?? "";
      operations.push({
        id: `${method.toUpperCase()} ${path}`,
        method,
        path,
        operationId: textOf(operation["operationId"]),
        summary: summary.slice(0, 300),
        tags: arrayOf(operation["tags"]).filter((tag) => typeof tag === "string"),
        deprecated: operation["deprecated"] === true,
      });
    }
  }
  return operations;
}
