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
  /** Null until the cluster gave it one. */
  readonly ip: string | null;
  readonly ready: boolean;
  readonly terminating: boolean;
};

export type DeploymentObservation = Observed & {
  readonly replicas: number;
  readonly readyReplicas: number;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly containers: readonly ContainerFact[];
};

export type KnativeRevisionObservation = Observed & {
  /** True, false, or null where its status does not say. */
  readonly active: boolean | null;
  readonly actualReplicas: number | null;
};

export type NamespaceObservation = Observed;

export type ReferenceGrantObservation = Observed & {
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
  readonly to: readonly { readonly group: string; readonly kind: string; readonly name: string | null }[];
};

export type Listener = {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly hostname: string | null;
  readonly from: "Same" | "All" | "Selector" | "None";
  readonly selector: Readonly<Record<string, string>> | null;
  readonly programmed: boolean | null;
};

export type GatewayObservation = Observed & {
  readonly listeners: readonly Listener[];
  readonly addresses: readonly string[];
  /** Null where its status does not say. */
  readonly programmed: boolean | null;
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

export type ParentStatus = ParentReference & { readonly conditions: readonly Condition[] };

export type RouteMatch = {
  readonly type: "prefix" | "text-prefix" | "exact" | "regex";
  readonly path: string;
  readonly method: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** True where query parameters or header patterns narrow it further. */
  readonly narrowed: boolean;
};

/** Listeners that a namespace of its own adds to a Gateway, where that Gateway allows it. */
export type ListenerSetObservation = Observed & {
  readonly gateway: { readonly namespace: string; readonly name: string };
  readonly listeners: readonly Listener[];
  readonly programmed: boolean | null;
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

export type RouteRule = {
  readonly matches: readonly RouteMatch[];
  readonly backends: readonly Backend[];
  readonly rewrite: { readonly kind: "prefix" | "full"; readonly path: string } | null;
  readonly redirects: boolean;
  /** Backends that get a copy of the traffic and answer nobody. */
  readonly mirrors: readonly Backend[];
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
  /** Istio Gateways by "namespace/name"; empty where the kind has none, "mesh" is left out. */
  readonly gateways: readonly string[];
  /** True where the route is for callers inside the cluster alone (Istio's mesh). */
  readonly internal: boolean;
  /** What is wrong with it by its own status; null where nothing is. */
  readonly problem: string | null;
};

export type HostRule = RouteRule & {
  /** Lower case; "*" for any. */
  readonly hosts: readonly string[];
  readonly scheme: "http" | "https" | null;
  /** Outside port; null for the scheme's own. */
  readonly port: number | null;
  /** Names of Traefik Middlewares, "namespace/name". */
  readonly middlewares: readonly string[];
};

export type IstioGatewayObservation = Observed & {
  readonly selector: Readonly<Record<string, string>>;
  readonly servers: readonly {
    readonly port: number;
    readonly tls: boolean;
    readonly http: boolean;
    /** Lower case, without the namespace in front. */
    readonly hosts: readonly string[];
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
};

export type TraefikServiceObservation = Observed & { readonly backends: readonly Backend[] };

/** Something that stands for a Service in a route: an AIServiceBackend or an Envoy Gateway Backend. */
export type BackendAliasObservation = Observed & { readonly target: Backend | null };

export type DomainMappingObservation = Observed & { readonly url: string | null; readonly target: string | null };

export type ServingRuntimeObservation = Observed & {
  readonly containers: readonly ContainerFact[];
  readonly protocolVersions: readonly string[];
  /** Formats that it takes without being named. */
  readonly autoSelects: readonly string[];
};

export type InferencePoolObservation = Observed & {
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  readonly picker: string | null;
};

/** A model behind a pool, as InferenceModel and InferenceObjective name it. */
export type PooledModelObservation = Observed & {
  readonly pool: string;
  readonly modelName: string | null;
  readonly priority: number | null;
};

export type ExperimentObservation = Observed & {
  readonly defaultName: string | null;
  readonly resource: "Model" | "Pipeline";
  readonly candidates: readonly { readonly name: string; readonly weight: number }[];
  readonly mirror: { readonly name: string; readonly percent: number } | null;
};

export type FunctionEventObservation = Observed & {
  readonly functionName: string;
  readonly event: Readonly<Record<string, unknown>>;
};

export type AutoscalerObservation = Observed & {
  readonly target: string;
  readonly min: number;
  readonly max: number;
};

export type NetworkPolicyObservation = Observed & {
  readonly selector: Readonly<Record<string, string>> | null;
  readonly restrictsIngress: boolean;
  readonly admitsAll: boolean;
};

/** A revision of a model resource, its share, and the Service or the pods that carry it. */
export type ResourcePart = {
  readonly name: string;
  readonly percent: number;
  /** As the resource's status says; null where it does not. */
  readonly ready: boolean | null;
  /** Names in the resource's namespace; the first Service that exists carries it. */
  readonly services: readonly string[];
  /** Where pods are found by a label instead of a Service (Knative revisions). */
  readonly podLabels: Readonly<Record<string, string>> | null;
  readonly images: readonly string[];
};

/** What an owner says of an API in an object of its own. */
export type ApiDescriptionObservation = Observed & {
  readonly targets: readonly { readonly group: string; readonly kind: string; readonly name: string }[];
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
};

/** What every kind of model resource but InferenceService says, in one shape. */
export type ResourceObservation = Observed & {
  /** Null where its pods tell. */
  readonly server: ServerKind | null;
  readonly protocol: Protocol | null;
  readonly modelName: string | null;
  readonly state: ApiState;
  readonly stateReason: string | null;
  /** As its status gives them, with a scheme. */
  readonly publicUrls: readonly string[];
  readonly internalUrl: string | null;
  /** What every call must carry to reach this one among those behind the same address. */
  readonly requiredHeaders: readonly RequiredHeader[];
  readonly parts: readonly ResourcePart[];
  /** Labels by which its operator marks what belongs to it, in any namespace. */
  readonly childLabels: readonly Readonly<Record<string, string>>[];
  /** Further Services of its namespace that belong to it and are no API. */
  readonly children: readonly string[];
  /** Services that it shares with others; they are no APIs, and their routes lead to it with its headers. */
  readonly sharedServices: readonly string[];
  /** A sentence for the chain of proof: "serves …". */
  readonly says: string;
  readonly facts: readonly ModelFact[];
  readonly containers: readonly ContainerFact[];
  readonly generation: number | null;
};

export type IngressObservation = Observed & {
  readonly hosts: readonly {
    readonly host: string | null;
    readonly paths: readonly { readonly match: RouteMatch; readonly backend: Backend }[];
  }[];
  readonly tlsHosts: readonly string[];
  readonly loadBalancer: readonly { readonly host: string; readonly ports: readonly number[] }[];
};

export type InferenceServiceObservation = Observed & {
  readonly mode: "Knative" | "Standard";
  readonly url: string | null;
  readonly internalUrl: string | null;
  readonly conditions: readonly Condition[];
  readonly stopped: boolean;
  readonly clusterLocal: boolean;
  readonly hasTransformer: boolean;
  readonly runtime: string | null;
  readonly facts: readonly ModelFact[];
  readonly protocolVersion: string | null;
  readonly modelFormat: string | null;
  readonly storageUri: string | null;
  readonly containers: readonly ContainerFact[];
  readonly generation: number | null;
  readonly latestReadyRevision: string | null;
  /** Revisions with their share; empty where the status says none. */
  readonly traffic: readonly { readonly revision: string; readonly percent: number }[];
  readonly canaries: readonly { readonly name: string; readonly percent: number; readonly ready: boolean }[];
  readonly stableName: string;
  readonly modelStatus: string | null;
  readonly failure: string | null;
};
