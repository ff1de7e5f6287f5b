import type { Json, JsonObject, RequestExample } from "../model/index.ts";
import { answer, from, makeDocument, operation } from "./document.ts";

function operationKey({ method, path }: Pick<RequestExample, "method" | "path">): string {
  return `${method} ${path}`;
}

/** A JSON body as JSON, anything else as the text that it is. */
function valueOf({ body, contentType }: RequestExample): Json {
  if (!contentType.includes("json")) return body;
  try {
    return JSON.parse(body) as Json;
  } catch {
    return body;
  }
}

function bodyOf(examples: readonly RequestExample[]): JsonObject {
  const byType = new Map<string, RequestExample[]>();
  for (const example of examples) {
    if (example.body === "") continue;
    byType.set(example.contentType, [...(byType.get(example.contentType) ?? []), example]);
  }
  const content = Object.fromEntries(
    [...byType].map(([type, list]) => [
      type,
      {
        schema: {},
        examples: Object.fromEntries(
          list.map((example) => [example.name, { value: valueOf(example), ...from("declared") }]),
        ),
      },
    ]),
  );
  return byType.size === 0 ? { "application/json": { schema: {} } } : content;
}

/**
 * A description of a function, which takes whatever it takes: one POST on `/` with a free body, or the requests that its
 * owner left as events, which become examples.
 */
export function deriveFunction(examples: readonly RequestExample[]): JsonObject {
  const groups = new Map<string, RequestExample[]>();
  for (const example of examples)
    groups.set(operationKey(example), [...(groups.get(operationKey(example)) ?? []), example]);
  if (groups.size === 0) groups.set(operationKey({ method: "post", path: "/" }), []);
  const paths: Record<string, JsonObject> = {};
  let count = 0;
  for (const [key, list] of groups) {
    const [method = "post", path = "/"] = key.split(" ");
    const takesBody = method !== "get" && method !== "head";
    count += 1;
    paths[path] = {
      ...paths[path],
      [method]: operation({
        operationId: count === 1 ? "invoke" : `invoke${String(count)}`,
        summary: "Invoke the function",
        ...(takesBody ? { body: bodyOf(list) } : {}),
        responses: { default: answer("What the function answers.") },
        origin: list.length === 0 ? "inferred" : "declared",
      }),
    };
  }
  return makeDocument({
    version: null,
    description:
      examples.length === 0
        ? "A function serves no description: what it takes and answers is not known."
        : "A function serves no description. This one was made of the requests that its owner left as events.",
    paths,
    schemas: {},
  });
}
