import type { Json, JsonObject } from "@/lib/model/index.ts";
import { exampleOf, typeWord } from "./example-of.ts";
import { prettyJson } from "./pretty-json.ts";
import { get, listOf, objectOf, resolve, textOf } from "./json-walk.ts";

export type ParameterField = {
  readonly name: string;
  readonly place: "path" | "query" | "header";
  readonly required: boolean;
  readonly description: string;
  readonly type: string;
  readonly choices: readonly string[];
  /** Prefilled: an example where one must be given, empty where it may be left out. */
  readonly initial: string;
};

type PartField = {
  readonly name: string;
  readonly file: boolean;
  readonly required: boolean;
  readonly initial: string;
};

export type BodyForm =
  | { readonly kind: "json"; readonly mediaType: string; readonly example: string }
  | { readonly kind: "text"; readonly mediaType: string; readonly example: string }
  | { readonly kind: "parts"; readonly mediaType: string; readonly fields: readonly PartField[] }
  | { readonly kind: "fields"; readonly mediaType: string; readonly fields: readonly PartField[] }
  | { readonly kind: "file"; readonly mediaType: string };

/** What a person fills in to call one operation. */
export type OperationForm = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly ParameterField[];
  readonly bodyRequired: boolean;
  readonly bodies: readonly BodyForm[];
  /** False where the description says nothing of a body, yet the method can carry one: real servers leave it out. */
  readonly bodyDescribed: boolean;
};

const carryingMethods = new Set(["post", "put", "patch"]);
const anyJson: BodyForm = { kind: "json", mediaType: "application/json", example: "" };

/** The form of operation `id` ("<METHOD> <path>") of a description; null where the description has no such operation. */
export function operationForm(document: JsonObject, id: string): OperationForm | null {
  const space = id.indexOf(" ");
  const method = id.slice(0, space).toLowerCase();
  const path = id.slice(space + 1);
  const item = resolve(document, get(objectOf(get(document, "paths")), path));
  const operation = objectOf(get(item, method));
  if (space < 0 || Object.keys(operation).length === 0) return null;
  const body = resolve(document, get(operation, "requestBody"));
  const bodies = Object.entries(objectOf(get(body, "content"))).map(([mediaType, media]) =>
    bodyForm(document, mediaType, objectOf(media)),
  );
  const isOpen = bodies.length === 0 && carryingMethods.has(method);
  return {
    id,
    method: method.toUpperCase(),
    path,
    summary: textOf(get(operation, "summary")) ?? "",
    description: textOf(get(operation, "description")) ?? "",
    parameters: parameterFields(document, item, operation),
    bodyRequired: get(body, "required") === true,
    bodies: isOpen ? [anyJson] : bodies,
    bodyDescribed: !isOpen,
  };
}

function parameterFields(document: JsonObject, item: JsonObject, operation: JsonObject): readonly ParameterField[] {
  const fields = new Map<string, ParameterField>();
  for (const given of [...listOf(get(item, "parameters")), ...listOf(get(operation, "parameters"))]) {
    const parameter = resolve(document, given);
    const name = textOf(get(parameter, "name"));
    const place = textOf(get(parameter, "in"));
    // A cookie cannot be sent through the portal: the browser's cookies are the portal's own.
    if (name === undefined || (place !== "path" && place !== "query" && place !== "header")) continue;
    const content = Object.values(objectOf(get(parameter, "content")))[0];
    const schema = get(parameter, "schema") ?? get(objectOf(content), "schema");
    const resolved = resolve(document, schema);
    const required = place === "path" || get(parameter, "required") === true;
    const example = get(parameter, "example") ?? firstExample(document, parameter) ?? exampleOf(document, schema);
    const choices = listOf(get(resolved, "enum")).map(scalarText);
    fields.set(`${place}:${name}`, {
      name,
      place,
      required,
      description: textOf(get(parameter, "description")) ?? "",
      type: typeWord(resolved) ?? "any",
      choices,
      initial: required ? scalarText(example) : "",
    });
  }
  return [...fields.values()];
}

function scalarText(value: Json): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(scalarText).join(",");
  return JSON.stringify(value);
}

function firstExample(document: JsonObject, holder: JsonObject): Json | undefined {
  const first = Object.values(objectOf(get(holder, "examples")))[0];
  return first === undefined ? undefined : get(resolve(document, first), "value");
}

function bodyForm(document: JsonObject, mediaType: string, media: JsonObject): BodyForm {
  const schema = get(media, "schema");
  const essence = (mediaType.split(";")[0] ?? "").trim().toLowerCase();
  if (essence === "multipart/form-data") return { kind: "parts", mediaType, fields: partFields(document, schema) };
  if (essence === "application/x-www-form-urlencoded") {
    return { kind: "fields", mediaType, fields: partFields(document, schema) };
  }
  if (essence === "application/json" || essence.endsWith("+json")) {
    const example = get(media, "example") ?? firstExample(document, media) ?? exampleOf(document, schema);
    return { kind: "json", mediaType, example: prettyJson(example) };
  }
  if (essence.startsWith("text/") || essence.endsWith("xml") || essence.endsWith("yaml")) {
    const example = get(media, "example") ?? firstExample(document, media);
    return { kind: "text", mediaType, example: textOf(example) ?? "" };
  }
  return { kind: "file", mediaType };
}

function partFields(document: JsonObject, schema: Json | undefined): readonly PartField[] {
  const resolved = resolve(document, schema);
  const required = new Set(listOf(get(resolved, "required")));
  return Object.entries(objectOf(get(resolved, "properties"))).map(([name, property]) => {
    const part = resolve(document, property);
    const item = typeWord(part) === "array" ? resolve(document, get(part, "items")) : part;
    const file =
      get(item, "format") === "binary" ||
      get(item, "contentMediaType") !== undefined ||
      get(item, "contentEncoding") !== undefined;
    const example = file ? "" : exampleOf(document, property);
    return {
      name,
      file,
      required: required.has(name),
      initial: file || !required.has(name) ? "" : typeof example === "string" ? example : JSON.stringify(example),
    };
  });
}
