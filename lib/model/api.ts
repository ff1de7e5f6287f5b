import type { ObjectKey } from "./identity.ts";
import type { Visibility } from "./access.ts";

export const protocols = [
  "rest",
  "open-inference",
  "kserve-v1",
  "seldon-v1",
  "tensorflow-serving",
  "torchserve",
  "triton",
  "openai",
  "grpc",
  "function",
  "batch",
] as const;
export type Protocol = (typeof protocols)[number];

/** The workload's state, not its routes' or its description's: those go into `stateReason`. */
export const apiStates = ["ready", "unready", "scaled-to-zero", "stopped", "broken", "unknown"] as const;
export type ApiState = (typeof apiStates)[number];

/** Where the current description came from. */
export const origins = ["declared", "fetched", "derived", "none"] as const;
export type Origin = (typeof origins)[number];

/** From where an endpoint can be called: through a gateway, or only inside the cluster. */
export type Reach = "public" | "cluster";

/** A header that a call must carry because the route matches on it; null where a pattern or a secret stands for its value. */
export type RequiredHeader = { readonly name: string; readonly value: string | null };

/** The headers whose values are known: a program can send them by itself. */
export function fixedHeaders(
  headers: readonly RequiredHeader[],
): readonly { readonly name: string; readonly value: string }[] {
  return headers.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
}

/**
 * The way the portal itself reaches an endpoint: an observed address, pinned. `hostHeader` is what the route matches on;
 * `tlsServerName` is set exactly where `scheme` is https.
 */
export type PinnedAddress = {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly port: number;
  readonly hostHeader: string | null;
};

/** What a narrower match of the same host takes away from a wider one: calls that are answered elsewhere. */
export type PathException = {
  readonly match: PathMapping["match"];
  readonly path: string;
  readonly methods: readonly string[] | null;
};

/** How a public path becomes the path that the workload sees (Gateway API URLRewrite, Ingress rewrite annotations). */
export type PathMapping = {
  /** By whole segments, exactly, or by the text that a path begins with ("/rank" takes "/rank:predict" in: Istio, Traefik). */
  readonly match: "prefix" | "exact" | "text-prefix";
  /** As the consumer calls it; "/" where everything is routed. */
  readonly publicPath: string;
  /** What replaces `publicPath` on the way in; equal to it where nothing is rewritten. */
  readonly backendPath: string;
  /** The only methods that the route admits, or null for all. */
  readonly methods: readonly string[] | null;
  /** What a call must carry for this match; those of the endpoint are among them. */
  readonly headers: readonly RequiredHeader[];
  /** Calls under `publicPath` that go elsewhere. */
  readonly except: readonly PathException[];
};

/** The line that an API has where nothing groups it with others (DESIGN §2: a series of versions that lives on its own). */
export const mainLine = "main";

/** One address of an API. */
export type Endpoint = {
  readonly id: string;
  /** The line of versions that answers there. */
  readonly line: string;
  /** Scheme, host, port unless it is the scheme's own, path without trailing slash. Never a wildcard. */
  readonly url: string;
  readonly reach: Reach;
  readonly paths: readonly PathMapping[];
  readonly requiredHeaders: readonly RequiredHeader[];
  /** What the portal may connect to when somebody tries a call; null where nothing was observed that it could use. */
  readonly address: PinnedAddress | null;
  /** The object that makes this address: HTTPRoute, Ingress, Service, InferenceService. */
  readonly via: ObjectKey;
  /** Why the address may not answer, as its own status says; null where it says nothing bad. */
  readonly problem: string | null;
};

/** One version of the workload behind an API, with its share of traffic. */
export type Revision = {
  readonly name: string;
  readonly line: string;
  readonly trafficPercent: number;
  readonly ready: boolean;
  readonly images: readonly string[];
};

/** One thing worth knowing of a model that is neither state nor address: runtime, model URI, GPUs, scaling. Text for people and facets. */
export type ModelFact = { readonly name: string; readonly value: string };

/** One link of the chain that proves an API: what the object is and what it says. */
export type ProvenanceStep = { readonly object: ObjectKey; readonly says: string };

/** One API as consumers know it. `id` is opaque and stable; `key` is where it was found. */
export type Api = {
  readonly id: string;
  readonly key: ObjectKey;
  readonly title: string;
  readonly summary: string;
  readonly protocol: Protocol;
  /** The recognised server, as `lib/acquire` names it; null where none was recognised. */
  readonly server: string | null;
  /** The name that the model has in its server's paths; null where none is known. */
  readonly modelName: string | null;
  readonly owner: string | null;
  readonly visibility: Visibility;
  readonly tags: readonly string[];
  /** Names of its lines, its own first; never empty. */
  readonly lines: readonly string[];
  readonly state: ApiState;
  readonly stateReason: string | null;
  readonly endpoints: readonly Endpoint[];
  readonly internalUrl: string | null;
  readonly revisions: readonly Revision[];
  readonly provenance: readonly ProvenanceStep[];
  readonly facts: readonly ModelFact[];
  /** What the model is for and what it was made with, as its labels say; null where they do not. */
  readonly task: string | null;
  readonly framework: string | null;
  readonly origin: Origin;
  /** True where a cluster confirmed what is said; false where it was read from manifests. */
  readonly confirmedByCluster: boolean;
  /** When the objects were last seen. */
  readonly confirmedAt: Date;
  readonly createdAt: Date;
  /** Set when the last object of this API went; the record stays. */
  readonly retiredAt: Date | null;
};
