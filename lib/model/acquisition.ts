import type { Origin } from "./api.ts";
import type { Json } from "./description.ts";
import type { Admission } from "./discovery.ts";

/** Why no description was had, each with a fixed advice for the owner. */
export const acquisitionFailures = [
  "unreachable",
  "timed-out",
  "mutual-tls",
  "refused-address",
  "unauthorized",
  "forbidden",
  "not-found",
  "redirected",
  "server-error",
  "html",
  "wrong-type",
  "too-large",
  "invalid",
  "config-map-missing",
] as const;
export type AcquisitionFailure = (typeof acquisitionFailures)[number];

/** What a server's own document lacks and is known all the same (`lib/derive`). */
export type DescriptionAddition =
  /** The tensors of one model: its answer to `GET /v2/models/{m}`. */
  | { readonly kind: "tensors"; readonly model: string; readonly metadata: Json }
  /** The names of the models that a server with OpenAI's operations serves now. */
  | { readonly kind: "models"; readonly ids: readonly string[] }
  /** The body that MLflow's `/invocations` takes. */
  | { readonly kind: "invocations" }
  /** The body of KServe's `:predict` and `:explain` of protocol v1, of which its own document says nothing. */
  | { readonly kind: "instances" };

/** Where a description that there is comes from. */
export type DescriptionOrigin = Exclude<Origin, "none">;

/** The stated outcome of asking one revision for its description. */
export type AcquisitionOutcome =
  | {
      readonly kind: "fetched";
      readonly origin: DescriptionOrigin;
      /** Where it came from, for the reader: "GET /openapi.json at 10.0.0.7:8080" or "ConfigMap team/openapi key openapi.yaml". */
      readonly place: string;
      readonly body: Uint8Array;
      readonly etag: string | null;
      /** To be put into the document before it is digested; null where there is nothing to add. */
      readonly addition: DescriptionAddition | null;
    }
  | {
      readonly kind: "failed";
      readonly failure: AcquisitionFailure;
      readonly place: string;
      /** What happened, in a sentence for the API's page. */
      readonly message: string;
      /** What its owner can do. */
      readonly advice: string;
      /** The policies of the network that are why, and what would admit the portal; null where none is known to be. */
      readonly admission: Admission | null;
    }
  | { readonly kind: "unchanged"; readonly place: string }
  | { readonly kind: "held"; readonly reason: "scaled-to-zero" | "stopped" | "not-ready" | "ignored" }
  | { readonly kind: "none"; readonly message: string; readonly advice: string };

/** What is remembered of the last time that a revision was asked; negatives too. */
export type AcquisitionRecord = {
  readonly revision: string;
  readonly probeKey: string;
  readonly askedAt: Date;
  readonly outcome: "fetched" | "failed" | "held" | "none";
  /** Where the description that is kept comes from; null before the first. */
  readonly origin: DescriptionOrigin | null;
  readonly failure: AcquisitionFailure | null;
  readonly place: string | null;
  readonly message: string | null;
  readonly advice: string | null;
  readonly etag: string | null;
  readonly requests: number;
  /** How often in a row it failed. */
  readonly failures: number;
  /** The prefixes below which it was looked for. */
  readonly prefixes: readonly string[];
  readonly admission: Admission | null;
};
