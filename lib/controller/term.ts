import type { Clock, Logger } from "../base/index.ts";
import type { TellFollowers } from "../notices/index.ts";
import type { Store } from "../store/index.ts";
import type { DescriptionThread } from "./description-thread.ts";
import type { Edges } from "./edges.ts";
import type { Gate } from "./gate.ts";
import type { Memory } from "./memory.ts";

/** One time of leading: what its parts share. Everything of it ends with the lock; the next term begins from the store. */
export type Term = {
  readonly store: Store;
  readonly edges: Edges;
  readonly memory: Memory;
  readonly thread: DescriptionThread;
  readonly gate: Gate;
  readonly tellFollowers: TellFollowers;
  readonly clock: Clock;
  readonly logger: Logger;
  /** False from the moment that somebody else may lead: nothing is written after that. */
  isLeading(): boolean;
  /** Resolves at that moment. */
  readonly ended: Promise<unknown>;
};
