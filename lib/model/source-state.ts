/** What is known of one kind of one cluster (STYLE: unknown is not absent). */
export type ListState =
  | { readonly kind: "synced" }
  /** The kind is not installed. */
  | { readonly kind: "absent" }
  /** What is held may be out of date: not listed yet, forbidden, or the API server does not answer. */
  | {
      readonly kind: "stale";
      readonly reason: "starting" | "forbidden" | "unreachable" | "expired" | "invalid";
      readonly message: string;
    };

/** The admin page's line for one kind. */
export type SourceStatus = {
  readonly cluster: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly state: ListState;
  readonly objectCount: number;
  /** When the list was last known to be complete and current; null before the first time. */
  readonly confirmedAt: Date | null;
  /** Milliseconds between an object's change and its arrival, the newest measured; null before the first. */
  readonly lagMs: number | null;
};
