import { sha256Hex } from "../../base/index.ts";
import type {
  AcquisitionFailure,
  DescriptionAddition,
  Json,
  JsonObject,
  ObjectKey,
  ProbeTarget,
  ServerKind,
} from "../../model/index.ts";

/**
 * Asks the workload about itself, below its prefix: resolves with its JSON, or with null where it has no such thing or could
 * not be asked. Only questions that run no model: a GET, and the POST of Triton's list (SERVING §8).
 */
export type MetadataAsk = (
  path: string,
  /** The same question is asked once and remembered, unless it is to be asked `again`. */
  form?: { readonly method?: "GET" | "POST"; readonly again?: boolean },
) => Promise<Json | null>;

/** The description that is kept of another API; null where there is none. */
export type StoredReader = (key: ObjectKey) => Promise<JsonObject | null>;

/** Where one kind of server keeps its description, and what it is made of where there is none (SERVING §4). */
export type Strategy = {
  readonly server: ServerKind;
  /** Paths to GET, the likeliest first; none of them may run a model, whatever it answers. */
  readonly places: (target: ProbeTarget) => readonly string[];
  /** Failures that lead to the next place; where it says nothing: that there is nothing, or a page. */
  readonly goesOnAfter?: readonly AcquisitionFailure[];
  /** A page that is read where no place has the document: it may name the path of one, of the same server. */
  readonly page?: { readonly path: string; readonly find: (html: string) => string | null };
  /** True where it is asked nothing at all: what it is made of is known, whether it runs or not. */
  readonly asksNothing?: boolean;
  /** Makes a description where none was found; null where there is nothing to make it of. */
  readonly derive?: (target: ProbeTarget, ask: MetadataAsk, read: StoredReader) => Promise<JsonObject | null>;
  /** One question that tells whether there is anything new to derive: the same text means no. Null where it does not tell. */
  readonly sign?: (target: ProbeTarget, ask: MetadataAsk) => Promise<string | null>;
  /** What the document that was found lacks; null where it lacks nothing that can be known. */
  readonly complete?: (target: ProbeTarget, ask: MetadataAsk) => Promise<DescriptionAddition | null>;
};

/** The descriptions of the first and the last step of what passes calls through others; null where one is not known. */
export async function readSteps(
  composed: ProbeTarget["composed"],
  read: StoredReader,
): Promise<{ readonly entry: JsonObject | null; readonly exit: JsonObject | null }> {
  const { entry = null, exit = null } = composed ?? {};
  return { entry: entry === null ? null : await read(entry), exit: exit === null ? null : await read(exit) };
}

/** A path below the workload's own prefix. */
export function below(target: ProbeTarget, path: string): string {
  return `${target.basePath.replace(/\/+$/, "")}${path}`;
}

/** The path of a model's metadata in the Open Inference Protocol. */
export function modelPath(model: string): string {
  return `/v2/models/${encodeURIComponent(model)}`;
}

/** The same file below the root, then below each prefix that routes pass on to the workload. */
export function belowPrefixes(target: ProbeTarget, path: string): readonly string[] {
  return ["", ...target.prefixes].map((prefix) => below(target, `${prefix}${path}`));
}

/** An answer as a short text that is the same as long as the answer is; null where there was none. */
export function signOf(said: Json | null): string | null {
  return said === null ? null : sha256Hex(JSON.stringify(said)).slice(0, 32);
}
