import type {
  AcquisitionOutcome,
  AcquisitionRecord,
  Discovery,
  JsonObject,
  ObjectKey,
  ProbeTarget,
  SourceStatus,
} from "../model/index.ts";
import type { WriteOutcome } from "../kube/index.ts";

/** What the controller asks of the world, bound to one cluster and its settings. */
export type Edges = {
  readonly cluster: string;
  /** What the lists hold now, joined. Pure and quick. */
  discover(): Discovery;
  /** What is known of each kind. */
  describeLists(): readonly SourceStatus[];
  /** True where the list that holds such objects is complete, and this object is not in it. */
  isGone(key: Discovery["apis"][number]["key"]): boolean;
  /** Calls back some milliseconds after anything changed; returns the way to stop it. */
  subscribe(listener: () => void): () => void;
  /** The address of a page of the portal, from its path. */
  pageUrl(path: string): string;
  /** Writes the status of an ApiDescription; null where there is nobody to write to. Never throws for what the cluster answers. */
  readonly writeStatus: ((key: ObjectKey, status: JsonObject) => Promise<WriteOutcome>) | null;
  shouldAsk(target: ProbeTarget, record: AcquisitionRecord | null, now: Date): boolean;
  acquire(
    target: ProbeTarget,
    known: {
      /** Of what is kept; null where nothing is. */
      readonly etag: string | null;
      /** How often in a row it failed before. */
      readonly failures: number;
      /** What is stored of the last question to it; null where there was none. */
      readonly last: AcquisitionRecord | null;
      /** The description that is kept of another API; null where there is none. */
      readDescription(key: ObjectKey): Promise<JsonObject | null>;
    },
  ): Promise<{ readonly outcome: AcquisitionOutcome; readonly requests: number }>;
};
