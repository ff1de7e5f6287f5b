import type { Json, JsonObject, Repair } from "../model/index.ts";
import { appendPointer } from "./json-pointer.ts";
import { isJsonObject, textOf } from "./json-value.ts";

/** Leaves out what must be a list and is none; a single text becomes a list of one. */
export function repairLists(
  target: Record<string, Json>,
  keys: readonly string[],
  pointer: string,
  repairs: Repair[],
): void {
  for (const key of keys) {
    const value = target[key];
    if (value === undefined || Array.isArray(value)) continue;
    const place = appendPointer(pointer, key);
    if (typeof value === "string" && ["consumes", "produces", "schemes", "tags"].includes(key)) {
      target[key] = [value];
      repairs.push({ pointer: place, message: `\`${key}\` is a text and was read as a list of one.` });
    } else {
      delete target[key];
      repairs.push({ pointer: place, message: `\`${key}\` is not a list and was left out.` });
    }
  }
}

/** Leaves out parameters that have no name or place: nobody could send them. */
export function repairParameters(target: Record<string, Json>, pointer: string, repairs: Repair[]): void {
  const value = target["parameters"];
  if (!Array.isArray(value)) return;
  const root = appendPointer(pointer, "parameters");
  target["parameters"] = (value as readonly Json[]).filter((parameter, index) => {
    const isWhole =
      isJsonObject(parameter) &&
      (typeof parameter["$ref"] === "string" ||
        (textOf(parameter["name"]) !== null && textOf(parameter["in"]) !== null));
    if (!isWhole)
      repairs.push({
        pointer: appendPointer(root, index),
        message: "This parameter has no `name` or no `in` and was left out.",
      });
    return isWhole;
  });
}

/** Leaves out members of a map that must be objects and are none. */
export function repairMembers(value: Json | undefined, pointer: string, repairs: Repair[]): JsonObject | undefined {
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) {
    repairs.push({ pointer, message: "This is not an object and was left out." });
    return {};
  }
  return Object.fromEntries(
    Object.entries(value).filter(([name, member]) => {
      const isKept = isJsonObject(member) || name.startsWith("x-");
      if (!isKept)
        repairs.push({ pointer: appendPointer(pointer, name), message: "This is not an object and was left out." });
      return isKept;
    }),
  );
}
