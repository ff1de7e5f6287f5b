import type { Visibility } from "./access.ts";
import type {
  ApiState,
  Endpoint,
  ModelFact,
  PinnedAddress,
  Protocol,
  ProvenanceStep,
  RequiredHeader,
  Revision,
} from "./api.ts";
import type { ObjectKey } from "./identity.ts";

/** The servers that can be told apart without a request (SERVING §5). "unknown-http" speaks HTTP; more is not known. */
export const serverKinds = [
  "bentoml",
  "fastapi",
  "flask",
  "inference-graph",
  "kserve",
  "litserve",
  "llama-cpp",
  "llama-cpp-python",
  "lmdeploy",
  "mlflow",
  "mlrun-serving",
  "mlserver",
  "nim",
  "nuclio",
  "ollama",
  "ray-serve",
  "seldon-executor",
  "seldon-mesh",
  "seldon-microservice",
  "sglang",
  "tensorflow-serving",
  "text-embeddings-inference",
  "text-generation-inference",
  "torchserve",
  "triton",
  "vllm",
  "unknown-http",
] as const;
export type ServerKind = (typeof serverKinds)[number];

/** Where an owner says that the description is. */
export type DeclaredPlace =
  | { readonly kind: "path"; readonly path: string; readonly port: number | null }
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "inline"; readonly place: string; readonly text: string }
  | { readonly kind: "config-map"; readonly namespace: string; readonly name: string; readonly key: string };

/** A request that somebody wrote down in the cluster for others to send. `path` is a plain path, `body` text. */
export type RequestExample = {
  readonly name: string;
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
};

/** One revision that may be asked for its description, and how. */
export type ProbeTarget = {
  readonly revision: string;
  /** The line of versions that the revision belongs to. */
  readonly line: string;
  /**
   * Changes exactly when the revision must be asked again: resource uid, generation or revision, image ids, declared place.
   * Pods that come and go under the same template do not change it, nor does the revision's name.
   */
  readonly probeKey: string;
  readonly server: ServerKind;
  readonly protocol: Protocol;
  /** The name that the model has in its server's paths, where one is known. */
  readonly modelName: string | null;
  /** Requests that are known without asking, for a description that has to be derived. */
  readonly examples: readonly RequestExample[];
  /** What every request to it must carry, where several models share one address. */
  readonly headers: readonly RequiredHeader[];
  readonly declared: DeclaredPlace | null;
  /** Path prefixes below which its application may lie, as routes and its own configuration say; "/" is not among them. */
  readonly prefixes: readonly string[];
  /** The APIs whose descriptions make up its own, where it passes calls through others; null where it does not. */
  readonly composed: Composed | null;
  /** Policies of the network that keep the portal out, and what would let it in; null where none does. */
  readonly admission: Admission | null;
  /** True where its owner lets it be asked once although that wakes it. */
  readonly mayWake: boolean;
  /** True where a service mesh stands in its pods, which may refuse calls that are not encrypted its way. */
  readonly isMeshed: boolean;
  /** In the order of preference; empty where nothing can be reached. */
  readonly addresses: readonly PinnedAddress[];
  /** Path prefix of the workload as the addresses see it ("" in nearly every case). */
  readonly basePath: string;
  /** Why it must not be asked now; null where it may be. */
  readonly hold: "scaled-to-zero" | "stopped" | "not-ready" | "ignored" | null;
};

/** The APIs that take what comes in and give what goes out; null where it is not one that is known. */
export type Composed = { readonly entry: ObjectKey | null; readonly exit: ObjectKey | null };

/** Names of NetworkPolicies that keep the portal out, and the manifest of one that would let it in; null where none can be told. */
export type Admission = { readonly policies: readonly string[]; readonly manifest: string | null };

/** One line of versions, and the revision whose description is its current one; null where none is. */
export type DiscoveredLine = { readonly name: string; readonly currentRevision: string | null };

/** An endpoint before the store gave it its id; (url, via) is unique within one API. */
export type DiscoveredEndpoint = Omit<Endpoint, "id">;

/** What discovery says of one API at one moment; a pure function of the objects. */
export type DiscoveredApi = {
  readonly key: ObjectKey;
  /** The objects that it is, its key among them where it is named after itself: under another name it is the same API. */
  readonly members: readonly ObjectKey[];
  readonly title: string | null;
  readonly protocol: Protocol;
  readonly server: ServerKind;
  /** The name that the model has in its server's paths; null where none is known, or where there are several. */
  readonly modelName: string | null;
  readonly owner: string | null;
  readonly visibility: Visibility;
  readonly tags: readonly string[];
  readonly state: ApiState;
  readonly stateReason: string | null;
  readonly endpoints: readonly DiscoveredEndpoint[];
  readonly internalUrl: string | null;
  readonly revisions: readonly Revision[];
  /** Its lines, its own first; never empty. What other revisions of a line serve is `upcoming`. */
  readonly lines: readonly DiscoveredLine[];
  readonly provenance: readonly ProvenanceStep[];
  readonly probes: readonly ProbeTarget[];
  readonly facts: readonly ModelFact[];
  readonly task: string | null;
  readonly framework: string | null;
  readonly confirmedByCluster: boolean;
};

/** Something that was seen and is not an API, for the admin page. */
export type LeftOut = { readonly object: ObjectKey; readonly reason: string };

/** An ApiDescription and what became of it. */
export type DescribedObject = {
  readonly key: ObjectKey;
  readonly uid: string;
  readonly generation: number | null;
  /** The status that it has now; of whatever shape. */
  readonly status: unknown;
  /** Why it is not used at all; null where it is. */
  readonly refusal: { readonly reason: string; readonly message: string } | null;
  /** The API that it names; null where its targets are none. */
  readonly api: ObjectKey | null;
  /** What is wrong with its targets, or with one of them; null where nothing is, or where it is refused. */
  readonly missing: string | null;
};

export type Discovery = {
  readonly apis: readonly DiscoveredApi[];
  readonly descriptions: readonly DescribedObject[];
  readonly leftOut: readonly LeftOut[];
  /** Two objects that claim one API, an annotation that is not allowed: told to the owner and to admins. */
  readonly warnings: readonly { readonly object: ObjectKey; readonly message: string }[];
  /** Kinds that are not `synced`: nothing that depends on them may be retired now. */
  readonly staleKinds: readonly string[];
};
