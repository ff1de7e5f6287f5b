import type { TryRequest } from "@/lib/contract/index.ts";
import { encodeBody } from "../console/encode-body.ts";
import { matchOperation } from "../console/match-operation.ts";
import type { OperationId } from "../console/operation-id.ts";

/** What Swagger UI is about to fetch, and whatever else it keeps with it. */
export type SwaggerRequest = { readonly [name: string]: unknown };

export type TryTarget = {
  readonly apiId: string;
  readonly endpoints: readonly { readonly id: string; readonly url: string }[];
  readonly operations: readonly OperationId[];
};

/** Headers that say how Swagger UI would have sent it, and mean nothing to the portal's server. */
const dropped = new Set(["host", "connection", "content-length"]);

/**
 * Turns a request of Swagger UI into one of the portal's console: the endpoint and operation by name, the path below the
 * endpoint. Throws, with a sentence for the reader, where the URL is none of the API's own.
 */
export async function tryFromSwagger(request: SwaggerRequest, target: TryTarget): Promise<SwaggerRequest> {
  const url = new URL(textOf(request["url"], ""), location.href);
  const endpoint = target.endpoints
    .filter((candidate) => isBelow(url, new URL(candidate.url)))
    .sort((left, right) => right.url.length - left.url.length)[0];
  if (endpoint === undefined)
    throw new Error("The portal calls only the addresses of this API that were found in the cluster.");
  const method = textOf(request["method"], "GET").toUpperCase();
  const { operation, path } = findOperation(target.operations, method, url);
  const headers = Object.entries(request["headers"] ?? {})
    .map(([name, value]) => [name, String(value)] as const)
    .filter(([name]) => !dropped.has(name.toLowerCase()));
  const encoded = await encodeBody(contentOf(request["body"], headers));
  const call: TryRequest = {
    operation: operation.id,
    path,
    ...(url.search === "" ? {} : { query: url.search.slice(1) }),
    headers: [
      ...headers.filter(([name]) => name.toLowerCase() !== "content-type").map(([name, value]) => ({ name, value })),
      ...(encoded.mediaType === null ? [] : [{ name: "content-type", value: encoded.mediaType }]),
    ],
    body: encoded.body,
  };
  return {
    ...request,
    url: `/api/v1/apis/${encodeURIComponent(target.apiId)}/try/${encodeURIComponent(endpoint.id)}`,
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(call),
  };
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

/** By its text: a route by text takes in what goes on in the same segment, such as "/rank:predict". */
function isBelow(url: URL, base: URL): boolean {
  return url.origin === base.origin && url.pathname.startsWith(base.pathname.replace(/\/$/, ""));
}

/** The operation that a URL means, and the path below its server. Throws, with a sentence for the reader, where none is. */
function findOperation(
  operations: readonly OperationId[],
  method: string,
  url: URL,
): { readonly operation: OperationId; readonly path: string } {
  const bases = [...new Set(operations.flatMap(({ servers }) => servers))]
    .filter((server) => URL.canParse(server) && isBelow(url, new URL(server)))
    .sort((left, right) => right.length - left.length);
  for (const base of bases) {
    const path = decodeTemplate(url.pathname.slice(new URL(base).pathname.replace(/\/$/, "").length));
    const below = operations.filter(({ servers }) => servers.includes(base));
    const operation = matchOperation(below, method, path === "" ? "/" : path);
    if (operation !== null) return { operation, path };
  }
  throw new Error(`The description has no operation ${method} ${url.pathname}.`);
}

/** Braces of a parameter that was left empty are encoded by URL; the rest stays as it was. */
function decodeTemplate(path: string): string {
  return path.replaceAll("%7B", "{").replaceAll("%7D", "}");
}

function contentOf(body: unknown, headers: readonly (readonly [string, string])[]): Parameters<typeof encodeBody>[0] {
  const mediaType = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? null;
  if (body === undefined || body === null || body === "") return { kind: "none" };
  if (typeof body === "string" || body instanceof Blob || body instanceof FormData) {
    return { kind: "content", mediaType, content: body };
  }
  return {
    kind: "content",
    mediaType,
    content: body instanceof URLSearchParams ? body.toString() : JSON.stringify(body),
  };
}
