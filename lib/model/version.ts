export const lifecycles = ["draft", "upcoming", "current", "superseded", "deprecated", "retired"] as const;
export type Lifecycle = (typeof lifecycles)[number];

/** Who brought a version: the cluster served it, or a person published it. */
export type VersionSource = "cluster" | "published";

/** Which revision served a version, and when it was first and last seen doing so. */
export type ServedBy = {
  readonly revision: string;
  readonly images: readonly string[];
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
};

/** An immutable contract, numbered within its line. */
export type SpecVersion = {
  readonly id: string;
  readonly apiId: string;
  readonly line: string;
  readonly number: number;
  readonly label: string;
  readonly contractDigest: string;
  /** The newest document that carried this contract. */
  readonly documentDigest: string;
  readonly lifecycle: Lifecycle;
  readonly source: VersionSource;
  readonly publishedBy: string | null;
  readonly releaseNote: string | null;
  readonly createdAt: Date;
  readonly currentSince: Date | null;
  readonly operationCount: number;
  readonly servedBy: readonly ServedBy[];
  readonly textCount: number;
};
