/** Who is to blame where a call did not succeed; each is said in other words. */
export type Fault = "portal" | "network" | "upstream";

/** What came back, as far as it has come. */
export type Answer = {
  readonly status: number | null;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly mediaType: string;
  /** Decoded text so far, up to a limit; null where the bytes are not text. */
  readonly text: string | null;
  readonly cut: boolean;
  readonly bytes: number;
  readonly elapsedMs: number;
  readonly state: "streaming" | "done" | "stopped" | "broken";
  readonly fault: { readonly kind: Fault; readonly message: string } | null;
  /** All bytes, once they are there, to be kept as a file. */
  readonly blob: Blob | null;
};
