import type { Json, JsonObject } from "../model/index.ts";
import { isJsonObject, objectOf, textOf } from "../spec/index.ts";
import { answer, componentKey, from, inPath, jsonContent, makeDocument, operation } from "./document.ts";

/** What runs a model, by the paths of the protocols that steps speak; else the only POST that there is. */
function runningOperation({ paths }: JsonObject): JsonObject | null {
  const posts = Object.entries(objectOf(paths)).flatMap(([path, item]) => {
    const post = objectOf(item)["post"];
    return isJsonObject(post) ? [{ path, post }] : [];
  });
  const known =
    posts.find(({ path }) => /:predict$|\/v2\/models\/[^/]+\/infer$|\/predictions$/.test(path)) ??
    posts.find(({ path }) => /\/(infer|predict)$/.test(path)) ??
    (posts.length === 1 ? posts[0] : undefined);
  return known?.post ?? null;
}

/** A request of the open protocol may choose among outputs: those of the first step are nobody's answer. */
function withoutOutputs(schema: Json): Json {
  const { properties, ...rest } = objectOf(schema);
  const { outputs, ...kept } = objectOf(properties);
  return outputs === undefined || kept["inputs"] === undefined ? schema : { ...rest, properties: kept };
}

const partsMax = 2_000;

/** Copies parts of one document into another: what they refer to comes along under names of its own. */
function createCopier(source: JsonObject, prefix: string, target: Record<string, Json>) {
  const names = new Map<string, string>();
  let count = 0;

  function schemaOf(name: string): string {
    const known = names.get(name);
    if (known !== undefined) return known;
    const key = componentKey(`${prefix}.${name}`, new Set(Object.keys(target)));
    names.set(name, key);
    // The name is taken before its schema is copied, so that one that refers to itself ends.
    target[key] = {};
    target[key] = copy(objectOf(objectOf(source["components"])["schemas"])[name] ?? {});
    return key;
  }

  function copy(value: Json): Json {
    count += 1;
    if (count > partsMax) return {};
    if (Array.isArray(value)) return (value as readonly Json[]).map(copy);
    if (!isJsonObject(value)) return value;
    const { $ref: place } = value;
    if (typeof place === "string") {
      const [, name, rest = ""] = /^#\/components\/schemas\/([^/]+)(\/.*)?$/.exec(place) ?? [];
      // What is kept elsewhere (an example, a header) does not come along.
      if (name === undefined) return {};
      return {
        ...value,
        $ref: `#/components/schemas/${schemaOf(name.replaceAll("~1", "/").replaceAll("~0", "~"))}${rest}`,
      };
    }
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copy(member)]));
  }

  return copy;
}

/** A part that is a reference to another place of `components` is followed once: bodies and responses may be kept there. */
function resolved(source: JsonObject, value: Json | undefined): JsonObject {
  const part = objectOf(value);
  const [, kind, name] = /^#\/components\/(requestBodies|responses)\/([^/]+)$/.exec(textOf(part["$ref"]) ?? "") ?? [];
  return kind === undefined || name === undefined
    ? part
    : objectOf(objectOf(objectOf(source["components"])[kind])[name]);
}

/** The media types of a body, each with its schema and examples, as they are in the step's own description. */
function contentOf(source: JsonObject, value: Json | undefined, copy: (value: Json) => Json): JsonObject | null {
  const content = objectOf(resolved(source, value)["content"]);
  return Object.keys(content).length === 0 ? null : objectOf(copy(content));
}

function successOf(source: JsonObject, post: JsonObject): Json | undefined {
  const responses = objectOf(post["responses"]);
  const code = Object.keys(responses)
    .filter((own) => /^2\d\d$|^2XX$/i.test(own))
    .sort()[0];
  return code === undefined ? undefined : resolved(source, responses[code]);
}

/** What passes calls through: a graph takes them at its root, a pipeline under the protocol's path with its own name. */
export type Composition = {
  /** Its kind, for the reader. */
  readonly title: string;
  readonly path: string;
  readonly operationId: string;
};

export const graphComposition: Composition = { title: "An inference graph", path: "/", operationId: "ask" };

export function pipelineComposition(name: string): Composition {
  return { title: "A pipeline", path: `/v2/models/${inPath(name)}/infer`, operationId: "infer" };
}

/**
 * A description of what passes calls through models: it takes what its first step takes and answers what its last step answers,
 * as their own descriptions say; null for a step that has none, or that is not one alone (SERVING §4).
 */
export function deriveComposed(
  { title, path, operationId }: Composition,
  entry: JsonObject | null,
  exit: JsonObject | null,
): JsonObject {
  const schemas: Record<string, Json> = {};
  const first = entry === null ? null : runningOperation(entry);
  const last = exit === null ? null : runningOperation(exit);
  const body =
    entry === null || first === null
      ? null
      : contentOf(entry, first["requestBody"], createCopier(entry, "entry", schemas));
  for (const [key, schema] of Object.entries(schemas)) schemas[key] = withoutOutputs(schema);
  const answered =
    exit === null || last === null ? null : contentOf(exit, successOf(exit, last), createCopier(exit, "exit", schemas));
  const missing = [
    ...(body === null ? ["what the first step takes"] : []),
    ...(answered === null ? ["what the last step answers"] : []),
  ];
  const told =
    missing.length === 0
      ? "It was derived from the descriptions of its first and its last step."
      : `It takes what its first step takes and answers what its last step answers; ${missing.join(" and ")} is not described by one model alone.`;
  return makeDocument({
    version: null,
    description: `${title} serves no description. ${told}`,
    paths: {
      [path]: {
        post: operation({
          operationId,
          summary: `Ask ${title.toLowerCase().replace(/^an? /, "the ")}`,
          body: body ?? jsonContent({ type: "object", description: "What the first step takes.", ...from("inferred") }),
          responses: {
            "200":
              answered === null
                ? answer("What the last step answers.", {})
                : { description: "What the last step answers.", content: answered },
            "500": answer("A step failed."),
          },
        }),
      },
    },
    schemas,
  });
}
