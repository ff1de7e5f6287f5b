import type { DescriptionAddition, Json, JsonObject, ProbeTarget, ServerKind } from "../../model/index.ts";

/**
 * Asks the workload about itself, below its prefix: resolves with its JSON, or with null where it has no such thing or could
 * not be asked. Only questions that run no model: a GET, and the POST of Triton's list (SERVING §8).
 */
export type MetadataAsk = (path: string, form?: { readonly method?: "GET" | "POST" }) => Promise<Json | null>;

/** Where one kind of server keeps its description, and what it is made of where there is none (SERVING §4). */
export type Strategy = {
  readonly server: ServerKind;
  /** Paths to GET, the likeliest first; none of them may run a model, whatever it answers. */
  readonly places: (target: ProbeTarget) => readonly string[];
  /** Makes a description where none was found; null where there is nothing to make it of. */
  readonly derive?: (target: ProbeTarget, ask: MetadataAsk) => Promise<JsonObject | null>;
  /** What the document that was found lacks; null where it lacks nothing that can be known. */
  readonly complete?: (target: ProbeTarget, ask: MetadataAsk) => Promise<DescriptionAddition | null>;
};

/** A path below the workload's own prefix. */
export function below(target: ProbeTarget, path: string): string {
  return `${target.basePath.replace(/\/+$/, "")}${path}`;
}

/** The path of a model's metadata in the Open Inference Protocol. */
export function modelPath(model: string): string {
  return `/v2/models/${encodeURIComponent(model)}`;
}
