import type { ListState } from "../model/index.ts";
import type { KindRef } from "./kind-ref.ts";
import type { KubeObject } from "./kube-object.ts";

/** All objects of one kind in one cluster, as far as they are known. */
export type KindList = {
  readonly ref: KindRef;
  /** Only `synced` may retire what is built on this list. */
  state(): ListState;
  /** The version that is read; null while none is known. */
  servedVersion(): string | null;
  /** In no particular order; the same array until something changes. */
  objects(): readonly KubeObject[];
  /** `namespace` is "" for kinds that have none. */
  get(namespace: string, name: string): KubeObject | undefined;
  /** When the list was last known to be complete and current; null before the first time. */
  confirmedAt(): Date | null;
  /** Milliseconds from an object's change to its arrival, the newest measured, to about a second; null before the first. */
  lagMs(): number | null;
};

/** Something that the reader met and left out, for the admin page. */
export type ReaderProblem = {
  /** A file, or the kind and name of an object. */
  readonly place: string;
  readonly message: string;
};

/** The answer of one direct read. */
export type ReadOutcome =
  | { readonly kind: "found"; readonly object: KubeObject }
  | { readonly kind: "absent" }
  | { readonly kind: "failed"; readonly reason: "forbidden" | "unreachable" | "invalid"; readonly message: string };

/** What became of writing a status. `gone` says that there is no such object, or none with a status. */
export type WriteOutcome =
  | { readonly kind: "written" }
  | { readonly kind: "gone" }
  | {
      readonly kind: "failed";
      readonly reason: "forbidden" | "unreachable" | "refused";
      readonly message: string;
    };

/** Current lists of some kinds of one cluster, from its API server or from a folder of manifests. */
export type ClusterReader = {
  readonly cluster: string;
  /** False for manifests: nothing has accepted what they say. */
  readonly confirming: boolean;
  /** Throws for a kind that the reader was not opened with. */
  list(ref: KindRef): KindList;
  lists(): readonly KindList[];
  /** Calls the listener some milliseconds after anything changed, once for all changes since; returns the way to stop it. */
  subscribe(listener: () => void): () => void;
  /** Reads one object now, of any kind, watched or not. Never throws for what the cluster answers. */
  read(ref: KindRef, namespace: string, name: string): Promise<ReadOutcome>;
  /**
   * Applies the status of one object server-side, as the field manager "gatebook": it owns what it says and nothing else, and
   * what it no longer says goes. Null for manifests, which nobody writes to. Never throws for what the cluster answers.
   */
  readonly writeStatus:
    ((ref: KindRef, namespace: string, name: string, status: unknown) => Promise<WriteOutcome>) | null;
  /** What is left out at present, newest first, at most a hundred. */
  problems(): readonly ReaderProblem[];
  /** Resolves when every list has been answered once: synced, absent, or stale with a reason. */
  start(): Promise<void>;
  /** Ends every request; lists keep what they hold. */
  stop(): Promise<void>;
};
