import type { RequestExample } from "../model/index.ts";
import type { FunctionEventObservation, Observed } from "../sources/index.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf } from "./names.ts";

const examplesMax = 20;
const bodyLengthMax = 64 * 1024;
const methods = ["get", "post", "put", "patch", "delete"] as const;

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.isWellFormed() ? value : null;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** A path as a description can hold it: no query, nothing that reads as a parameter. Null where it is none. */
function plainPath(value: unknown): string | null {
  const path = textOf(value) ?? "/";
  const absolute = path === "" || path.startsWith("/") ? path || "/" : `/${path}`;
  return /^[!-~]{1,300}$/.test(absolute) && !/[{}?#]/.test(absolute) ? absolute : null;
}

function readExample({ name, event }: FunctionEventObservation): RequestExample | null {
  if (event["triggerKind"] !== undefined && event["triggerKind"] !== "http") return null;
  const attributes = fieldsOf(event["attributes"]);
  const method = methods.find((candidate) => candidate === (textOf(attributes["method"]) ?? "post").toLowerCase());
  const path = plainPath(attributes["path"]);
  const body = textOf(event["body"]) ?? "";
  if (method === undefined || path === null || body.length > bodyLengthMax) return null;
  const type = Object.entries(fieldsOf(attributes["headers"])).find(
    ([key]) => key.toLowerCase() === "content-type",
  )?.[1];
  const isJson = /^\s*[[{]/.test(body);
  const said = (textOf(type) ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  return {
    name: (textOf(event["displayName"]) ?? name).slice(0, 100),
    method,
    path,
    contentType: /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(said) ? said : isJson ? "application/json" : "text/plain",
    body,
  };
}

/** The requests that the owner of a function left as events, each name once; twenty at most (SERVING §4). */
export function functionExamples(
  world: WorldIndex,
  { namespace, name }: Pick<Observed, "namespace" | "name">,
): readonly RequestExample[] {
  const events = [...(world.functionEvents.get(nameOf(namespace, name)) ?? [])].sort((left, right) =>
    left.name < right.name ? -1 : 1,
  );
  const examples = new Map<string, RequestExample>();
  for (const event of events) {
    const example = readExample(event);
    if (example !== null && !examples.has(example.name)) examples.set(example.name, example);
    if (examples.size >= examplesMax) break;
  }
  return [...examples.values()];
}
