import type { HttpMethod, Json, JsonObject } from "../model/index.ts";
import { httpMethods } from "../model/index.ts";
import { appendPointer, isJsonObject, pathShape, resolvePointer } from "../spec/index.ts";
import type { Side } from "./flatten-schema.ts";

/** A JSON object and where it stands. */
export type Place = { readonly value: JsonObject; readonly pointer: string };

export type ParameterForm = Place & { readonly in: string; readonly name: string; readonly required: boolean };

/** One operation with everything that it inherits made its own (DIFF §6.1.3). */
export type OperationForm = Place & {
  readonly method: HttpMethod;
  readonly path: string;
  readonly shape: string;
  readonly parameters: readonly ParameterForm[];
  readonly body: Place | null;
  readonly responses: ReadonlyMap<string, Place>;
};

/** Follows references of anything but schemas; at most ten deep. */
export function follow(side: Side, value: Json | undefined, pointer: string): Place {
  let at: Json | undefined = value;
  let place = pointer;
  for (let depth = 0; depth < 10 && isJsonObject(at); depth += 1) {
    const reference = at["$ref"];
    if (typeof reference !== "string") return { value: at, pointer: place };
    place = reference.startsWith("#") ? decodeURI(reference.slice(1)) : "";
    at = place === "" ? undefined : resolvePointer(side.document, place);
  }
  return { value: {}, pointer: place };
}

export function entriesOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

export function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function parametersOf(side: Side, item: Place, operation: Place, names: readonly string[]): readonly ParameterForm[] {
  const result = new Map<string, ParameterForm>();
  for (const owner of [item, operation]) {
    listOf(owner.value["parameters"]).forEach((raw, index) => {
      const place = follow(side, raw, appendPointer(appendPointer(owner.pointer, "parameters"), index));
      const where = textOf(place.value["in"]) ?? "";
      const name = textOf(place.value["name"]) ?? "";
      if (where === "" || name === "") return;
      // A path parameter is its place in the template; its name is nobody's business but the template's.
      const key =
        where === "path" ? `{${String(names.indexOf(name))}}` : where === "header" ? name.toLowerCase() : name;
      result.set(`${where} ${key}`, {
        ...place,
        in: where,
        name: where === "path" ? key : name,
        required: where === "path" || place.value["required"] === true,
      });
    });
  }
  return [...result.values()];
}

function operationsOf(side: Side, item: Place, path: string): readonly OperationForm[] {
  const { shape, names } = pathShape(path);
  return httpMethods.flatMap((method): OperationForm[] => {
    const value = item.value[method];
    if (!isJsonObject(value)) return [];
    const operation: Place = { value, pointer: appendPointer(item.pointer, method) };
    const responses = new Map(
      entriesOf(value["responses"])
        .filter(([status]) => !status.startsWith("x-"))
        .map(([status, raw]): [string, Place] => [
          status.toUpperCase(),
          follow(side, raw, appendPointer(appendPointer(operation.pointer, "responses"), status)),
        ]),
    );
    const body =
      value["requestBody"] === undefined
        ? null
        : follow(side, value["requestBody"], appendPointer(operation.pointer, "requestBody"));
    return [
      { ...operation, method, path, shape, parameters: parametersOf(side, item, operation, names), body, responses },
    ];
  });
}

/** Every operation of `paths` or `webhooks`, by method and erased path. */
export function readOperations(side: Side, key: "paths" | "webhooks"): ReadonlyMap<string, OperationForm> {
  const result = new Map<string, OperationForm>();
  for (const [path, raw] of entriesOf(side.document[key])) {
    if (path.startsWith("x-")) continue;
    const item = follow(side, raw, appendPointer(`/${key}`, path));
    for (const operation of operationsOf(side, item, path)) {
      const id = `${operation.method} ${operation.shape}`;
      // Two templates of one shape: the exact one stays apart.
      result.set(result.has(id) ? `${operation.method} ${path}` : id, operation);
    }
  }
  return result;
}
