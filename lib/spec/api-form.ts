import type { HttpMethod, Json, JsonObject } from "../model/index.ts";
import { httpMethods } from "../model/index.ts";
import { appendPointer, pointerOfReference, resolvePointer } from "./json-pointer.ts";
import { arrayOf, isJsonObject, objectOf, textOf } from "./json-value.ts";
import { readSecurity } from "./read-security.ts";
import type { SecurityAlternative } from "./read-security.ts";

/** A JSON object and where it stands. */
export type Place = { readonly value: JsonObject; readonly pointer: string };

export type ParameterForm = Place & {
  readonly in: string;
  /** As it is written; the place in the template for a path parameter, whose name is nobody's business. */
  readonly name: string;
  /** What pairs it with its counterpart. */
  readonly key: string;
  readonly required: boolean;
};

/** One operation with everything that it inherits made its own (DIFF §6.1.3). */
export type OperationForm = Place & {
  readonly method: HttpMethod;
  readonly path: string;
  readonly shape: string;
  readonly parameters: readonly ParameterForm[];
  readonly body: Place | null;
  readonly responses: ReadonlyMap<string, Place>;
  readonly security: readonly SecurityAlternative[];
  /** Base paths of its own; null where it has those of the document. */
  readonly basePaths: readonly string[] | null;
  /** Calls that the server makes, by "name expression method". */
  readonly callbacks: ReadonlyMap<string, OperationForm>;
};

/** How deep callbacks of callbacks are looked into. */
const callbackDepthMax = 3;

/** A path with the names of its parameters erased ("/m/{}"), and the names in order. */
export function pathShape(path: string): { readonly shape: string; readonly names: readonly string[] } {
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? "");
  return { shape: path.replaceAll(/\{[^}]*\}/g, "{}"), names };
}

/** Follows references of parameters, responses and the like (not of schemas) until something is not one; at most ten deep. */
export function follow(document: JsonObject, value: Json | undefined, pointer: string): Place {
  let at: Json | undefined = value;
  let place = pointer;
  for (let depth = 0; depth < 10 && isJsonObject(at); depth += 1) {
    const reference = at["$ref"];
    if (typeof reference !== "string") return { value: at, pointer: place };
    const target = pointerOfReference(reference);
    if (target === null) break;
    place = target;
    at = resolvePointer(document, target);
  }
  return { value: {}, pointer: place };
}

function basePathOf(server: JsonObject): string {
  const url = (textOf(server["url"]) ?? "").replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "").replace(/^\/\/[^/]*/, "");
  const path = url === "." || url === "./" ? "" : url.replace(/\/+$/, "");
  const variables = objectOf(server["variables"]);
  const said = [...path.matchAll(/\{([^}]*)\}/g)].map((match) => {
    const variable = objectOf(variables[match[1] ?? ""]);
    return [textOf(variable["default"]) ?? "", ...arrayOf(variable["enum"]).map(String).sort()].join("|");
  });
  return said.length === 0 ? path : `${path.replaceAll(/\{[^}]*\}/g, "{}")} (${said.join(", ")})`;
}

/** The paths of `servers`, which belong to the contract; scheme and host do not. */
export function readBasePaths(servers: Json | undefined): readonly string[] {
  const paths = arrayOf(servers).map((server) => basePathOf(objectOf(server)));
  return paths.length === 0 ? [""] : [...new Set(paths)].sort();
}

/** A media type as it is compared: lower-case, without the charset that is the rule anyway. */
export function mediaTypeKey(type: string): string {
  return type
    .toLowerCase()
    .replaceAll(" ", "")
    .replace(/;charset="?utf-8"?$/, "");
}

/** The media types of a body, response or parameter. */
export function readContent(place: Place): ReadonlyMap<string, Place> {
  const root = appendPointer(place.pointer, "content");
  return new Map(
    Object.entries(objectOf(place.value["content"])).map(([type, media]): [string, Place] => [
      mediaTypeKey(type),
      { value: objectOf(media), pointer: appendPointer(root, type) },
    ]),
  );
}

/** The headers of a response by their names in lower case. */
export function readHeaders(document: JsonObject, response: Place): ReadonlyMap<string, Place> {
  const root = appendPointer(response.pointer, "headers");
  return new Map(
    Object.entries(objectOf(response.value["headers"])).map(([name, raw]): [string, Place] => [
      name.toLowerCase(),
      follow(document, raw, appendPointer(root, name)),
    ]),
  );
}

function readParameters(
  document: JsonObject,
  owners: readonly Place[],
  names: readonly string[],
): readonly ParameterForm[] {
  const result = new Map<string, ParameterForm>();
  for (const owner of owners) {
    const root = appendPointer(owner.pointer, "parameters");
    arrayOf(owner.value["parameters"]).forEach((raw, index) => {
      const place = follow(document, raw, appendPointer(root, index));
      const where = textOf(place.value["in"]) ?? "";
      const name = textOf(place.value["name"]) ?? "";
      if (where === "" || name === "") return;
      const position = where === "path" ? names.indexOf(name) : -1;
      const key = position >= 0 ? `{${String(position)}}` : where === "header" ? name.toLowerCase() : name;
      result.set(`${where} ${key}`, {
        ...place,
        in: where,
        name,
        key: `${where} ${key}`,
        required: where === "path" || place.value["required"] === true,
      });
    });
  }
  return [...result.values()];
}

type Context = { readonly document: JsonObject; readonly documentPaths: readonly string[]; readonly depth: number };

function readCallbacks(context: Context, operation: Place): ReadonlyMap<string, OperationForm> {
  const result = new Map<string, OperationForm>();
  if (context.depth >= callbackDepthMax) return result;
  const root = appendPointer(operation.pointer, "callbacks");
  for (const [name, raw] of Object.entries(objectOf(operation.value["callbacks"]))) {
    const callback = follow(context.document, raw, appendPointer(root, name));
    for (const [expression, target] of Object.entries(callback.value)) {
      if (expression.startsWith("x-")) continue;
      const item = follow(context.document, target, appendPointer(callback.pointer, expression));
      for (const form of readItem({ ...context, depth: context.depth + 1 }, item, expression))
        result.set(`${name} ${expression} ${form.method}`, form);
    }
  }
  return result;
}

function readItem(context: Context, item: Place, path: string): readonly OperationForm[] {
  const { document, documentPaths } = context;
  const { shape, names } = pathShape(path);
  return httpMethods.flatMap((method): OperationForm[] => {
    const value = item.value[method];
    if (!isJsonObject(value)) return [];
    const operation: Place = { value, pointer: appendPointer(item.pointer, method) };
    const root = appendPointer(operation.pointer, "responses");
    const responses = new Map(
      Object.entries(objectOf(value["responses"]))
        .filter(([status]) => !status.startsWith("x-"))
        .map(([status, raw]): [string, Place] => [
          status.toUpperCase(),
          follow(document, raw, appendPointer(root, status)),
        ]),
    );
    const servers = value["servers"] ?? item.value["servers"];
    const basePaths = servers === undefined ? documentPaths : readBasePaths(servers);
    return [
      {
        ...operation,
        method,
        path,
        shape,
        parameters: readParameters(document, [item, operation], names),
        body:
          value["requestBody"] === undefined
            ? null
            : follow(document, value["requestBody"], appendPointer(operation.pointer, "requestBody")),
        responses,
        security: readSecurity(document, value),
        basePaths: basePaths.join("\n") === documentPaths.join("\n") ? null : basePaths,
        callbacks: readCallbacks(context, operation),
      },
    ];
  });
}

/** Every operation of `paths` or `webhooks`, by method and erased path. */
export function readOperations(document: JsonObject, key: "paths" | "webhooks"): ReadonlyMap<string, OperationForm> {
  const result = new Map<string, OperationForm>();
  const documentPaths = readBasePaths(document["servers"]);
  for (const [path, raw] of Object.entries(objectOf(document[key]))) {
    if (path.startsWith("x-")) continue;
    const item = follow(document, raw, appendPointer(`/${key}`, path));
    for (const form of readItem({ document, documentPaths, depth: 0 }, item, path)) {
      const id = `${form.method} ${form.shape}`;
      // Of two templates with one shape the second is known by its exact path.
      result.set(result.has(id) ? `${form.method} ${path}` : id, form);
    }
  }
  return result;
}
