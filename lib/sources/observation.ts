import type { OwnerReference } from "../kube/index.ts";
import type { ApiState, ModelFact, Protocol, RequiredHeader, ServerKind } from "../model/index.ts";
import type { Condition } from "./read-fields.ts";

/** What every observation says of its object. */
export type Observed = {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** ISO 8601, or empty where it is not said. */
  readonly createdAt: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly owners: readonly OwnerReference[];
};

export type ServicePort = {
  readonly name: string;
  readonly port: number;
  readonly targetPort: string | number;
  readonly appProtocol: string;
  readonly protocol: string;
};

export type ServiceObservation = Observed & {
  readonly type: string;
  readonly selector: Readonly<Record<string, string>>;
  /** Null for headless Services and where none was given yet. */
  readonly clusterIp: string | null;
  readonly headless: boolean;
  readonly ports: readonly ServicePort[];
  /** Addresses and host names of its load balancer. */
  readonly loadBalancer: readonly string[];
};

export type EndpointSliceObservation = Observed & {
  readonly service: string;
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly endpoints: readonly { readonly address: string; readonly ready: boolean; readonly pod: string | null }[];
};

export type ContainerFact = {
  readonly name: string;
  readonly image: string;
  /** Command and arguments in order. */
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  /** GPUs that it asks for, as a quantity; null where none. */
  readonly gpus: string | null;
};

export type PodObservation = Observed & {
  readonly containers: readonly ContainerFact[];
  readonly imageIds: readonly string[];
  /** Why a container of it cannot start, in its own words; null where none says so. */
  readonly failure: string | null;
  /** Null until the cluster gave it one. */
  readonly ip: string | null;
  readonly ready: boolean;
  readonly terminating: boolean;
};

/** Deployments, StatefulSets, and ReplicaSets that nobody above them speaks for. */
export type WorkloadObservation = Observed & {
  readonly replicas: number;
  readonly readyReplicas: number;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly containers: readonly ContainerFact[];
  /** What its status says has failed; null where nothing has. */
  readonly failure: string | null;
};

export type KnativeRevisionObservation = Observed & {
  /** Whether it takes traffic with pods of its own; null where its status does not say. */
  readonly active: boolean | null;
  /** True where it has no pods yet and gets some: whoever called it waits for them. */
  readonly isStarting: boolean;
  readonly actualReplicas: number | null;
  /** By digest, as they were resolved when it was made: they stay when its pods go. */
  readonly images: readonly string[];
  /** Why it does not come up; null where its status says nothing bad. */
  readonly failure: string | null;
  readonly containers: readonly ContainerFact[];
};

export type NamespaceObservation = Observed;

export type ReferenceGrantObservation = Observed & {
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
  readonly to: readonly { readonly group: string; readonly kind: string; readonly name: string | null }[];
};

/** A selector of labels (meta/v1 LabelSelector); one without any requirement selects everything. */
export type LabelSelector = {
  readonly labels: Readonly<Record<string, string>>;
  readonly expressions: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
};

/** What a condition of a status comes to: yes, no with the reason, or nothing that speaks of the object as it is now. */
export type Confirmation =
  { readonly kind: "yes" } | { readonly kind: "no"; readonly reason: string } | { readonly kind: "unsaid" };

export type Listener = {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly hostname: string | null;
  readonly from: "Same" | "All" | "Selector" | "None";
  readonly selector: LabelSelector | null;
  /** Kinds of routes, "group/Kind", that may hang on it; null where its protocol decides. */
  readonly kinds: readonly string[] | null;
  /** True where TLS passes through it and nobody reads HTTP. */
  readonly passesThrough: boolean;
  readonly programmed: Confirmation;
};

export type GatewayObservation = Observed & {
  readonly listeners: readonly Listener[];
  readonly addresses: readonly string[];
  readonly programmed: Confirmation;
  /** Which namespaces' ListenerSets count (spec.allowedListeners); "None" where nothing is said. */
  readonly admitsSets: Pick<Listener, "from" | "selector">;
};

export type ParentReference = {
  readonly kind: "Gateway" | "ListenerSet";
  readonly namespace: string;
  readonly name: string;
  readonly sectionName: string | null;
  readonly port: number | null;
};

export type ParentStatus = ParentReference & {
  /** Whose word it is: two controllers may speak of one parent. */
  readonly controller: string;
  readonly conditions: readonly Condition[];
};

export type RouteMatch = {
  readonly type: "prefix" | "text-prefix" | "exact" | "regex";
  readonly path: string;
  /** The only ones that it admits; null for all. */
  readonly methods: readonly string[] | null;
  readonly headers: readonly RequiredHeader[];
  /** What it asks for besides, that no URL can say; null where nothing. */
  readonly narrowedBy: string | null;
};

/** Listeners that a namespace of its own adds to a Gateway, where that Gateway allows it. */
export type ListenerSetObservation = Observed & {
  readonly gateway: { readonly namespace: string; readonly name: string };
  readonly listeners: readonly Listener[];
  readonly programmed: Confirmation;
};

export type Backend = {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly port: number | string | null;
  readonly weight: number;
  /** A named part of the Service's pods (Istio's DestinationRule); null for all of them. */
  readonly subset: string | null;
};

/** How a path changes on its way in; "unknown" where it does, in a way that is not followed. */
export type Rewrite =
  | { readonly kind: "prefix"; readonly path: string }
  | { readonly kind: "full"; readonly path: string }
  | { readonly kind: "unknown"; readonly reason: string };

export type RouteRule = {
  readonly matches: readonly RouteMatch[];
  readonly backends: readonly Backend[];
  readonly rewrite: Rewrite | null;
  readonly redirects: boolean;
  /** Backends that get a copy of the traffic and answer nobody. */
  readonly mirrors: readonly Backend[];
  /** Traefik Middlewares that it names, "namespace/name". */
  readonly middlewares: readonly string[];
};

/** HTTPRoute, GRPCRoute and AIGatewayRoute: what hangs on Gateways. */
export type HttpRouteObservation = Observed & {
  readonly protocol: "http" | "grpc";
  readonly parents: readonly ParentReference[];
  readonly hostnames: readonly string[];
  readonly rules: readonly RouteRule[];
  readonly statuses: readonly ParentStatus[];
};

/** Routes that name their hosts themselves and have no Gateway API parents: OpenShift's, Istio's, Traefik's, Nuclio's. */
export type HostRouteObservation = Observed & {
  readonly rules: readonly HostRule[];
  /** Istio Gateways by "namespace/name", "mesh" left out; empty where the kind has none or only the mesh is meant. */
  readonly gateways: readonly string[];
  /** True where the route is for callers inside the cluster alone (Istio's mesh). */
  readonly internal: boolean;
  /** What is wrong with it by its own status; null where nothing is. */
  readonly problem: string | null;
  /** Whether its status confirms it; null where the kind has none, or nobody has said anything yet. */
  readonly isAdmitted: boolean | null;
};

export type HostRule = RouteRule & {
  /** Lower case; "*" for any, of which the address in front is the host. */
  readonly hosts: readonly string[];
  readonly scheme: "http" | "https" | null;
  /** Outside port; null for the scheme's own. */
  readonly port: number | null;
  /** Traefik's entry point, whose port its own Service knows; null where the kind has none. */
  readonly entryPoint: string | null;
  /** Traefik's order: of the rules that a call meets the one with the highest number has it. Left out where paths decide. */
  readonly priority?: number;
  /** Istio Gateways that this rule alone is for; null where it is for all of its route's. */
  readonly gateways: readonly string[] | null;
  /** Why it gives no URL or nobody answers there; null where nothing is wrong with it. */
  readonly problem: string | null;
  /** The VirtualService, "namespace/name", that has this rule's own routes; null where there is none. */
  readonly delegate: string | null;
};

export type IstioGatewayObservation = Observed & {
  readonly selector: Readonly<Record<string, string>>;
  readonly servers: readonly {
    readonly port: number;
    readonly tls: boolean;
    readonly http: boolean;
    /** True where it sends every caller to https. */
    readonly redirects: boolean;
    /** Lower case; the namespace that routes must lie in is "*" for any and "." for the Gateway's own. */
    readonly hosts: readonly { readonly namespace: string; readonly host: string }[];
  }[];
};

export type DestinationRuleObservation = Observed & {
  readonly host: string;
  readonly subsets: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[];
};

export type MiddlewareObservation = Observed & {
  readonly strips: readonly string[];
  readonly addsPrefix: string | null;
  readonly replacesPath: string | null;
  readonly chain: readonly string[];
  /** Which calls it answers with a redirect instead of passing them on: those by http, or some that are not told. */
  readonly redirects: "http" | "some" | null;
  /** What it does to a path that is not followed ("replacePathRegex"); null where nothing. */
  readonly untold: string | null;
};

export type TraefikServiceObservation = Observed & {
  readonly backends: readonly Backend[];
  /** Services that get a copy of the traffic. */
  readonly mirrors: readonly Backend[];
};

/** A plugin of Kong's, of a namespace or of the cluster. */
export type KongPluginObservation = Observed & {
  readonly plugin: string;
  readonly disabled: boolean;
  readonly config: Readonly<Record<string, unknown>>;
};

/** Something that stands for a Service in a route: an AIServiceBackend or an Envoy Gateway Backend. */
export type BackendAliasObservation = Observed & { readonly target: Backend | null };

export type DomainMappingObservation = Observed & {
  readonly url: string | null;
  readonly target: { readonly group: string; readonly kind: string; readonly name: string } | null;
  /** Why its address does not answer yet; null where it does. */
  readonly problem: string | null;
};

/** A format that a runtime serves. */
export type SupportedFormat = {
  readonly name: string;
  readonly version: string | null;
  readonly autoSelect: boolean;
  readonly priority: number;
};

export type ServingRuntimeObservation = Observed & {
  readonly containers: readonly ContainerFact[];
  readonly protocolVersions: readonly string[];
  readonly formats: readonly SupportedFormat[];
  readonly disabled: boolean;
};

export type InferencePoolObservation = Observed & {
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  readonly picker: string | null;
  /** What its gateways' status says is wrong with it; null where nothing is, or nothing is said. */
  readonly problem: string | null;
};

/** A model behind a pool, as InferenceModel, InferenceObjective and InferenceModelRewrite name it. */
export type PooledModelObservation = Observed & {
  readonly pool: string;
  /** The group of the pool that it names; null where it may be either. */
  readonly poolGroup: string | null;
  /** Names under which callers ask for it. */
  readonly modelNames: readonly string[];
  /** What the pool's servers are asked for in its place, with weights. */
  readonly targets: readonly { readonly name: string; readonly weight: number }[];
  readonly priority: number | null;
  /** False where its status says that it is not accepted. */
  readonly accepted: boolean;
};

export type ExperimentObservation = Observed & {
  readonly defaultName: string | null;
  readonly resource: "Model" | "Pipeline";
  readonly candidates: readonly { readonly name: string; readonly weight: number }[];
  readonly mirror: { readonly name: string; readonly percent: number } | null;
  /** False where its status says that it does not split anything; null where it says nothing. */
  readonly ready: boolean | null;
};

export type FunctionEventObservation = Observed & {
  readonly functionName: string;
  readonly event: Readonly<Record<string, unknown>>;
};

export type AutoscalerObservation = Observed & {
  readonly targetKind: string;
  readonly target: string;
  readonly min: number;
  readonly max: number;
};

/** Pods by their namespaces and labels, or addresses by a range without its exceptions. */
export type IngressPeer = {
  readonly namespaces: LabelSelector | null;
  readonly pods: LabelSelector | null;
  readonly addresses: { readonly cidr: string; readonly except: readonly string[] } | null;
};

/** Who may come in by one rule of a policy: everybody where `from` is empty, at every port where `ports` is. */
export type IngressAdmission = {
  readonly from: readonly IngressPeer[];
  readonly ports: readonly {
    readonly protocol: string;
    readonly port: number | string | null;
    readonly endPort: number | null;
  }[];
};

export type NetworkPolicyObservation = Observed & {
  readonly selector: LabelSelector;
  readonly restrictsIngress: boolean;
  readonly admissions: readonly IngressAdmission[];
};

/** A revision of a model resource, its share, and what carries it. */
export type ResourcePart = {
  readonly name: string;
  readonly percent: number;
  /** As the resource's status says; null where it does not. */
  readonly ready: boolean | null;
  /** Names in the resource's namespace; the first Service that exists carries it, and so does the workload of that name. */
  readonly services: readonly string[];
  /** The revision of Knative's that carries it instead; null where none does. */
  readonly revision: string | null;
  readonly images: readonly string[];
  /** What it runs by the resource's own spec. */
  readonly containers: readonly ContainerFact[];
  /** The name that the model has in this part's paths; null where it is the resource's. */
  readonly modelName: string | null;
  /** True where it gets copies of calls and answers nobody. */
  readonly shadow: boolean;
};

/** What an owner says of an API in an object of its own. */
export type ApiDescriptionObservation = Observed & {
  readonly generation: number | null;
  readonly targets: readonly {
    readonly group: string;
    readonly kind: string;
    /** Its own namespace, unless another one is named. */
    readonly namespace: string;
    readonly name: string;
    /** The line of versions that it is to be; null where the object's own name says it. */
    readonly line: string | null;
  }[];
  readonly title: string | null;
  readonly owner: string | null;
  readonly visibility: string | null;
  readonly tags: readonly string[];
  readonly server: string | null;
  readonly publicUrl: string | null;
  readonly description:
    | { readonly kind: "inline"; readonly text: string }
    | { readonly kind: "config-map"; readonly name: string; readonly key: string }
    | { readonly kind: "url"; readonly url: string }
    | { readonly kind: "path"; readonly path: string; readonly port: number | null }
    | null;
  /** The status that it has now, as it was written. */
  readonly status: unknown;
};

/** What tells which server a KServe resource runs, where its containers do not. */
export type KserveRuntime = {
  /** Of a ServingRuntime of the namespace or a ClusterServingRuntime; null where KServe has not chosen yet. */
  readonly name: string | null;
  /** True where KServe says that it took the one of the cluster: one of the namespace may have the same name. */
  readonly isOfCluster: boolean;
  readonly format: string | null;
  readonly formatVersion: string | null;
  /** As it is asked for: "v1", "v2", "grpc-v1", "grpc-v2"; null where nothing is. */
  readonly protocolVersion: string | null;
  /** True where something of its owner's own stands before the model and answers for it. */
  readonly hasTransformer: boolean;
};

/** What every kind of model resource says, in one shape. */
export type ResourceObservation = Observed & {
  /** Null where its pods tell. */
  readonly server: ServerKind | null;
  readonly protocol: Protocol | null;
  readonly modelName: string | null;
  readonly runtime: KserveRuntime | null;
  readonly state: ApiState;
  readonly stateReason: string | null;
  /** As its status gives them, with a scheme. */
  readonly publicUrls: readonly OwnUrl[];
  /** Hosts of parts of it, whose routes are not its own address. */
  readonly hiddenHosts: readonly string[];
  readonly internalUrl: string | null;
  /** What every call must carry to reach this one among those behind the same address. */
  readonly requiredHeaders: readonly RequiredHeader[];
  readonly parts: readonly ResourcePart[];
  /** Labels by which its operator marks what belongs to it, in any namespace. */
  readonly childLabels: readonly Readonly<Record<string, string>>[];
  /** Further Services of its namespace that belong to it and are no API, nor lead to one. */
  readonly children: readonly string[];
  /** Services that it shares with others, "namespace/name"; they are no APIs, and their routes lead to it with its headers. */
  readonly sharedServices: readonly string[];
  /** The resource, as `Kind namespace/name`, in whose server it is one model of several; null where it has its own. */
  readonly host: string | null;
  /** Paths below which its applications lie, as its own configuration says; empty where it says none. */
  readonly prefixes: readonly string[];
  /** The models that take its request and give its answer, where it passes calls through others; null where it does not. */
  readonly composed: Composition | null;
  /** A sentence for the chain of proof: "serves …". */
  readonly says: string;
  readonly facts: readonly ModelFact[];
  readonly containers: readonly ContainerFact[];
  readonly generation: number | null;
};

/** A model resource by what `Kind namespace/name` says of it; null where nothing is known that could be named. */
export type Composition = { readonly entry: string | null; readonly exit: string | null };

/** Servers that models of Seldon Core 2 run in; never an API. */
export type ModelServerObservation = Observed & {
  readonly config: string | null;
  readonly replicas: number | null;
  readonly loadedModels: number | null;
  readonly ready: boolean | null;
};

/** A Bento as Yatai's image builder left it. */
export type BentoObservation = Observed & {
  readonly tag: string;
  readonly image: string | null;
  readonly bentomlVersion: string | null;
  readonly models: readonly string[];
};

/** A project of functions. */
export type ProjectObservation = Observed & { readonly description: string | null };

/** An address that a resource's own status gives. */
export type OwnUrl = {
  readonly url: string;
  /** What the workload sees instead of the URL's path; null where it sees that path. */
  readonly backendPath: string | null;
  readonly problem: string | null;
};

export type IngressPath = {
  readonly type: "Prefix" | "Exact" | "ImplementationSpecific";
  readonly path: string;
};

export type IngressObservation = Observed & {
  /** The class that it asks for, in lower case; null for the cluster's default. */
  readonly className: string | null;
  readonly hosts: readonly {
    readonly host: string | null;
    readonly paths: readonly (IngressPath & { readonly backend: Backend })[];
  }[];
  readonly tlsHosts: readonly string[];
  readonly loadBalancer: readonly { readonly host: string; readonly ports: readonly number[] }[];
};
