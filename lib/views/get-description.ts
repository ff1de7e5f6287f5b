import { sha256Hex } from "../base/index.ts";
import type { JsonObject, Viewer } from "../model/index.ts";
import { publicView, renderYaml } from "../spec/index.ts";
import { findVersionRow, readDocument, readEndpoints, readRawDocument } from "../store/index.ts";
import type { VersionSelector } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { facingOf } from "./facing-of.ts";
import { lineOf } from "./line-of.ts";
import type { LineChoice } from "./line-of.ts";
import { seenApi } from "./seen-api.ts";

/** As consumers must read it, or as the server said it. */
export type DescriptionView = "public" | "raw";

export type ShownDescription = {
  /** The version's own number, also where "current" was asked for. */
  readonly number: number;
  readonly document: JsonObject;
  /** Differs whenever the document would. */
  readonly digest: string;
  /** How it is called inside the cluster; null where nothing says. */
  readonly internalUrl: string | null;
};

export type RenderedDescription = {
  readonly number: number;
  readonly digest: string;
  readonly mediaType: "application/json" | "application/yaml";
  /** Null where the caller has it already. */
  readonly bytes: Uint8Array | null;
};

type Found = {
  readonly number: number;
  readonly digest: string;
  readonly internalUrl: string | null;
  readonly read: () => Promise<JsonObject | null>;
  readonly readRaw: () => Promise<Uint8Array | null>;
};

/** One version's description as a document; null where the API or the version is not there. */
export async function getDescription(
  deps: ViewDeps,
  viewer: Viewer,
  id: string,
  selector: VersionSelector,
  options: { readonly view: DescriptionView } & LineChoice,
): Promise<ShownDescription | null> {
  const found = await findDescription(deps, viewer, id, selector, options);
  const document = found === null ? null : await found.read();
  if (found === null || document === null) return null;
  const { number, digest, internalUrl } = found;
  return { number, digest, internalUrl, document };
}

/**
 * One version's description as text in a format. `knownDigest` is what the caller has: when it is the same, nothing is read.
 * The raw view gives the very bytes where they are in the format that is asked for.
 */
export async function renderDescription(
  deps: ViewDeps,
  viewer: Viewer,
  id: string,
  selector: VersionSelector,
  options: {
    readonly view: DescriptionView;
    readonly format: "json" | "yaml";
    readonly knownDigest: string | null;
  } & LineChoice,
): Promise<RenderedDescription | null> {
  const { view, format } = options;
  const found = await findDescription(deps, viewer, id, selector, options);
  if (found === null) return null;
  const mediaType = format === "json" ? "application/json" : "application/yaml";
  const digest = sha256Hex(`${found.digest} ${format}`);
  const head = { number: found.number, digest, mediaType } as const;
  if (options.knownDigest === digest) return { ...head, bytes: null };
  const raw = view === "raw" ? await found.readRaw() : null;
  if (raw !== null && looksLikeJson(raw) === (format === "json")) return { ...head, bytes: raw };
  const document = (raw === null ? null : parseJson(raw)) ?? (await found.read());
  if (document === null) return null;
  const text = format === "json" ? JSON.stringify(document) : renderYaml(document);
  return { ...head, bytes: new TextEncoder().encode(text) };
}

async function findDescription(
  deps: ViewDeps,
  viewer: Viewer,
  id: string,
  selector: VersionSelector,
  { view, line: asked }: { readonly view: DescriptionView } & LineChoice,
): Promise<Found | null> {
  const row = await seenApi(deps, viewer, id);
  if (row === null) return null;
  const { db } = deps.store;
  const line = lineOf(row, asked);
  const version = await findVersionRow(db, id, line, selector);
  if (version === null) return null;
  const { number, documentDigest } = version.version;
  const readWhole = async () => (await readDocument(db, documentDigest))?.document ?? null;
  const readRaw = () => readRawDocument(db, documentDigest);
  const facing = facingOf(row, line, await readEndpoints(db, id));
  const { internalUrl } = facing;
  if (view === "raw")
    return { number, digest: sha256Hex(`raw ${documentDigest}`), internalUrl, read: readWhole, readRaw };
  const digest = sha256Hex(`public ${documentDigest} ${JSON.stringify(facing)}`);
  const read = async () => {
    const document = await readWhole();
    return document === null ? null : publicView(document, facing);
  };
  return { number, digest, internalUrl, read, readRaw };
}

/** JSON documents begin with a brace, after white space and a byte order mark. */
function looksLikeJson(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, 200)).trimStart().startsWith("{");
}

function parseJson(bytes: Uint8Array): JsonObject | null {
  if (!looksLikeJson(bytes)) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(value) ? value : null;
  } catch (err) {
    // Mended on its way in: what is kept as parsed is shown instead.
    if (err instanceof SyntaxError) return null;
    throw err;
  }
}

/** What JSON.parse gives is JSON; only whether it is an object is open. */
function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
