import type { Connection, RequestFailure } from "./connection.ts";
import type { KubeObject } from "./kube-object.ts";
import { isRecord } from "./parse-object.ts";

export type ListOutcome =
  | { readonly kind: "listed"; readonly objects: readonly KubeObject[]; readonly resourceVersion: string }
  | { readonly kind: "expired" }
  | { readonly kind: "invalid"; readonly message: string }
  | RequestFailure;

type ListOptions = {
  readonly connection: Connection;
  readonly path: string;
  readonly accept?: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly pageSize: number;
  /** Returns null for an object that is to be left out. */
  readonly parse: (item: unknown) => KubeObject | null;
};

type Page = { readonly items: readonly unknown[]; readonly next: string; readonly resourceVersion: string };

const pageSizeMin = 5;

function readPage(body: unknown): Page | null {
  if (!isRecord(body) || !isRecord(body["metadata"])) return null;
  const { resourceVersion, continue: next } = body["metadata"];
  const items = body["items"] ?? [];
  if (typeof resourceVersion !== "string" || resourceVersion === "" || !Array.isArray(items)) return null;
  return { items: items as readonly unknown[], next: typeof next === "string" ? next : "", resourceVersion };
}

async function listOnce(options: ListOptions, pageSize: number): Promise<ListOutcome> {
  const objects: KubeObject[] = [];
  let next = "";
  for (;;) {
    const query = new URLSearchParams(pageSize === 0 ? {} : { limit: String(pageSize) });
    if (next !== "") query.set("continue", next);
    const { accept, signal, timeoutMs } = options;
    const answer = await options.connection.getJson(`${options.path}?${query.toString()}`, {
      signal,
      timeoutMs,
      ...(accept === undefined ? {} : { accept }),
    });
    if (answer.kind === "failed") return answer.status === 410 ? { kind: "expired" } : answer;
    const page = readPage(answer.body);
    if (page === null) return { kind: "invalid", message: "The API server's list is not a list." };
    for (const item of page.items) {
      const object = options.parse(item);
      if (object !== null) objects.push(object);
    }
    if (page.next === "") return { kind: "listed", objects, resourceVersion: page.resourceVersion };
    next = page.next;
  }
}

/**
 * Reads a whole list page by page, as it was at one moment. When the history that the pages rest on is compacted away in
 * between, it begins again; the last attempt asks for everything at once, which cannot expire. When a page is too large, the
 * pages become smaller.
 */
export async function listPages(options: ListOptions): Promise<ListOutcome> {
  let pageSize = options.pageSize;
  let expired = 0;
  for (;;) {
    const outcome = await listOnce(options, pageSize);
    if (outcome.kind === "expired" && pageSize !== 0) {
      expired += 1;
      if (expired === 2) pageSize = 0;
      continue;
    }
    if (outcome.kind === "failed" && outcome.isTooLarge) {
      if (pageSize > pageSizeMin) {
        pageSize = Math.max(pageSizeMin, Math.floor(pageSize / 5));
        continue;
      }
      return { kind: "invalid", message: "The API server's list is larger than can be read." };
    }
    return outcome;
  }
}
