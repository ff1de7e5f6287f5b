import type { TestCluster } from "../integration/cluster.ts";
import type { TestObject } from "../integration/cluster-client.ts";
import type { PythonEnvironment } from "./ensure-python.ts";

/** How a program is run; `{bin}` in a word stands for the folder of the environment's commands. */
export type Command = {
  readonly words: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** A folder of `models`, where it is not that folder itself. */
  readonly folder?: string;
};

/** Where a server writes down who asked it for what. */
export type AccessLog = {
  /** With the groups `method`, `path` and `status`; one request a line. */
  readonly line: RegExp;
  /** Below the program's folder, with `*` for what differs from run to run; what it prints where nothing is said. */
  readonly file?: string;
};

/**
 * A request that is known to work, and that the description must therefore allow; sent where the description says, or to `path`
 * where the model's name is left open in it.
 */
export type KnownCall = { readonly operation: string; readonly body: unknown; readonly path?: string };

/** What Gatebook must make of a server. */
export type Expected = {
  readonly server: string;
  readonly protocol: string;
  readonly origin: "declared" | "fetched" | "derived" | "none";
  /** The path at which the description is found; null where it is derived or there is none. */
  readonly path: string | null;
  /** Each of them must be there, and nothing of `absent`. */
  readonly operations: readonly string[];
  readonly absent?: readonly string[];
  /** Every request that the server may see at first, and on a day on which nothing changes; in their order. */
  readonly first: readonly string[];
  readonly daily: readonly string[];
  /** Operations whose description holds an example request. */
  readonly examples?: readonly string[];
};

/** What the objects of a server are made of. */
export type Place = {
  readonly namespace: string;
  /** The address of its pod, and the digest that stands for its image. */
  readonly address: string;
  readonly digest: string;
};

/** One real server with what a cluster would hold of it, and what Gatebook must make of that. */
export type ServerCase = {
  /** Of the object that is the API. */
  readonly name: string;
  /** For the reader: "FastAPI". */
  readonly title: string;
  readonly environment: PythonEnvironment;
  /** The installed package whose version is told. */
  readonly package: string;
  readonly command: Command;
  readonly port: number;
  /** Answers 2xx when the server is ready. */
  readonly ready: string;
  readonly accessLog: AccessLog;
  /** Paths that run the model. */
  readonly predicts: RegExp;
  readonly calls: readonly KnownCall[];
  readonly api: { readonly kind: string; readonly name: string };
  readonly objects: (place: Place) => readonly PlannedObject[];
  readonly expected: Expected;
  /** What its owner says in the end, with what must come of it. */
  readonly afterwards?: {
    readonly annotate: (cluster: TestCluster) => Promise<void>;
    readonly expected: Expected;
  };
  /** Why it cannot run here, in one sentence; null where it can. */
  readonly problem?: () => string | null;
};

/** An object, and which of those before it is its controller. */
export type PlannedObject = { readonly object: TestObject; readonly controller?: TestObject };
