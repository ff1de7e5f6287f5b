import type { Json, JsonObject, Operation, Viewer } from "../model/index.ts";
import { httpMethods } from "../model/index.ts";
import { listOperations as operationsOf } from "../spec/index.ts";
import type { VersionSelector } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { getDescription } from "./get-description.ts";
import type { LineChoice } from "./line-of.ts";

/** An operation as consumers call it. */
export type ConsumerOperation = Omit<Operation, "tags"> & {
  tags: string[];
  /** The URLs that its path is below. */
  servers: string[];
  /** True where no route reaches it from outside while others do: its path is the workload's own. */
  internal: boolean;
};

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function urlsOf(value: Json | undefined): string[] | null {
  if (!Array.isArray(value)) return null;
  return (value as readonly Json[]).flatMap((server) => {
    const { url } = objectOf(server);
    return typeof url === "string" ? [url] : [];
  });
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

/** What the view from outside says of operations that no route reaches. */
function unreachedOf(document: JsonObject, internalUrl: string | null): ConsumerOperation[] {
  const list = document["x-gatebook-internal-operations"];
  return (Array.isArray(list) ? (list as readonly Json[]) : []).flatMap((raw) => {
    const said = objectOf(raw);
    const method = httpMethods.find((candidate) => candidate === said["method"]);
    const path = textOf(said["path"]);
    if (method === undefined || path === null) return [];
    return [
      {
        id: `${method.toUpperCase()} ${path}`,
        method,
        path,
        operationId: textOf(said["operationId"]),
        summary: textOf(said["summary"]) ?? "",
        tags: [],
        deprecated: false,
        servers: internalUrl === null ? [] : [internalUrl],
        internal: true,
      },
    ];
  });
}

/** The operations of a view from outside, those that no route reaches behind the others. */
export function consumerOperations(document: JsonObject, internalUrl: string | null): ConsumerOperation[] {
  const whole = urlsOf(document["servers"]) ?? [];
  const reached = operationsOf(document).map((operation): ConsumerOperation => {
    const item = objectOf(objectOf(document["paths"])[operation.path]);
    const own = urlsOf(objectOf(item[operation.method])["servers"]) ?? urlsOf(item["servers"]);
    return { ...operation, tags: [...operation.tags], servers: own ?? [...whole], internal: false };
  });
  return [...reached, ...unreachedOf(document, internalUrl)];
}

/** The operations of a version as consumers call them: public paths, and which of them no route reaches. */
export async function listOperations(
  deps: ViewDeps,
  viewer: Viewer,
  id: string,
  selector: VersionSelector,
  { line }: LineChoice = {},
): Promise<{ items: ConsumerOperation[] } | null> {
  const description = await getDescription(deps, viewer, id, selector, { view: "public", line });
  return description === null ? null : { items: consumerOperations(description.document, description.internalUrl) };
}
