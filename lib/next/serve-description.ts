import type { ContractOperation } from "../contract/index.ts";
import type { operations } from "../contract/index.ts";
import type { VersionSelector } from "../store/index.ts";
import { renderDescription } from "../views/index.ts";
import type { Call } from "./bind-route.ts";

type DownloadOperation = (typeof operations)["getVersionJson" | "getVersionYaml"] & ContractOperation;

/** The version that a path names. */
export function readSelector(number: string): VersionSelector {
  return number === "current" || number === "upcoming" ? number : Number(number);
}

/**
 * A version's description for download. It revalidates by ETag instead of being kept, since who may see it can change; the
 * tag tells a request that has it already before anything large is read.
 */
export async function serveDescription(
  call: Call<DownloadOperation>,
  format: "json" | "yaml",
): Promise<Response | null> {
  const { deps, viewer, params, query, request } = call;
  const known = /"([0-9a-f]{64})"/.exec(request.headers.get("if-none-match") ?? "")?.[1] ?? null;
  const selector = readSelector(params.number);
  const view = query.view ?? "public";
  const rendered = await renderDescription(deps, viewer, params.id, selector, {
    view,
    format,
    knownDigest: known,
    line: query.line,
  });
  if (rendered === null) return null;
  const headers = {
    etag: `"${rendered.digest}"`,
    "cache-control": "private, no-cache",
    vary: "Cookie, Authorization",
  };
  if (rendered.bytes === null) return new Response(null, { status: 304, headers });
  return new Response(Uint8Array.from(rendered.bytes), {
    headers: {
      ...headers,
      "content-type": `${rendered.mediaType}; charset=utf-8`,
      // What a server said of itself is never shown as a page of ours.
      "content-disposition": `attachment; filename="openapi-v${String(rendered.number)}-${view}.${format}"`,
      "content-security-policy": "sandbox; default-src 'none'",
    },
  });
}
