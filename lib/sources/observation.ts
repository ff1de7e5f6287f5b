import type { OwnerReference } from "../kube/index.ts";
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
};

export type PodObservation = Observed & {
  readonly containers: readonly ContainerFact[];
  readonly imageIds: readonly string[];
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
};

export type ParentReference = {
  readonly namespace: string;
  readonly name: string;
  readonly sectionName: string | null;
  readonly port: number | null;
};

export type ParentStatus = ParentReference & { readonly conditions: readonly Condition[] };

export type RouteMatch = {
  readonly type: "prefix" | "exact" | "regex";
  readonly path: string;
  readonly method: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** True where query parameters or header patterns narrow it further. */
  readonly narrowed: boolean;
};

export type Backend = {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly port: number | string | null;
  readonly weight: number;
};

export type RouteRule = {
  readonly matches: readonly RouteMatch[];
  readonly backends: readonly Backend[];
  readonly rewrite: { readonly kind: "prefix" | "full"; readonly path: string } | null;
  readonly redirects: boolean;
};

export type HttpRouteObservation = Observed & {
  readonly parents: readonly ParentReference[];
  readonly hostnames: readonly string[];
  readonly rules: readonly RouteRule[];
  readonly statuses: readonly ParentStatus[];
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
