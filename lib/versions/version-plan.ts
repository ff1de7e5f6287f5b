import type { Change, Description, Origin, VersionSource } from "../model/index.ts";
import type { VersionHead, VersionState } from "../store/index.ts";

/** A description that an API is known to have, and what is known of it. */
export type VersionInput = {
  readonly apiId: string;
  readonly description: Description;
  /** The bytes as they came; null where the document is kept already. */
  readonly raw: Uint8Array | null;
  readonly source: VersionSource;
  readonly origin: Origin;
  /** "current" for what the current revision serves and for what is published; "upcoming" for any other revision. */
  readonly lifecycle: "current" | "upcoming";
  readonly servedBy: { readonly revision: string; readonly images: readonly string[] } | null;
  readonly publishedById?: string | null;
  readonly releaseNote?: string | null;
  /** The line of versions that it belongs to. */
  readonly line: string;
  readonly now: Date;
};

/** What becomes of a description. `rollback` is `current` for a version that was current before. */
export type VersionStep = "unchanged" | "text" | "upcoming" | "current" | "rollback";

export type VersionPlan = {
  readonly input: VersionInput;
  /** What stood when it was planned. */
  readonly state: VersionState;
  readonly step: VersionStep;
  /** Against the version that is current now; empty where no contract moves or there is no current one. */
  readonly changes: readonly Change[];
};

export type VersionOutcome =
  | {
      readonly kind: VersionStep;
      readonly version: VersionHead;
      /** What was current before; null where nothing was. */
      readonly base: VersionHead | null;
      readonly changes: readonly Change[];
    }
  /** What it was compared with is no longer current: plan again. */
  | { readonly kind: "outdated" }
  /** The API is retired or was removed: nothing was written. */
  | { readonly kind: "gone" };
