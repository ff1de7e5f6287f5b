import type { ApiState, ModelFact } from "../model/index.ts";
import type { OwnUrl, ResourceObservation, ResourcePart } from "./observation.ts";
import type { Condition } from "./read-fields.ts";
import { findCondition, sayCondition } from "./read-fields.ts";

/** What most model resources have nothing to say of. */
export const plainResource: Pick<
  ResourceObservation,
  | "server"
  | "protocol"
  | "modelName"
  | "runtime"
  | "publicUrls"
  | "hiddenHosts"
  | "internalUrl"
  | "requiredHeaders"
  | "childLabels"
  | "children"
  | "sharedServices"
  | "host"
  | "prefixes"
  | "composed"
  | "facts"
  | "containers"
> = {
  server: null,
  protocol: null,
  modelName: null,
  runtime: null,
  publicUrls: [],
  hiddenHosts: [],
  internalUrl: null,
  requiredHeaders: [],
  childLabels: [],
  children: [],
  sharedServices: [],
  host: null,
  prefixes: [],
  composed: null,
  facts: [],
  containers: [],
};

/** What most parts have nothing to say of. */
export const plainPart: Omit<ResourcePart, "name"> = {
  percent: 100,
  ready: null,
  services: [],
  revision: null,
  images: [],
  containers: [],
  modelName: null,
  shadow: false,
};

/** One revision that takes everything, carried by the first of these Services that exists. */
export function onlyPart(name: string, services: readonly string[], ready: boolean | null = null): ResourcePart {
  return { ...plainPart, name, services, ready };
}

/** Whether a part is ready, as far as the state of the whole tells. */
export function readyOf(state: ApiState): boolean | null {
  if (state === "ready") return true;
  return state === "unknown" ? null : false;
}

type SaidState = { readonly state: ApiState; readonly stateReason: string | null };

/** Nothing has been said yet; a manifest never says anything. */
export function unsaidState(operator: string): SaidState {
  return { state: "unknown", stateReason: `${operator} has not said anything about it yet.` };
}

/** What is not confirmed of the object as it is now. */
export const staleState: SaidState = {
  state: "unknown",
  stateReason: "Its status speaks of an older form of it.",
};

/** The state that a condition of readiness tells: what is not said is unknown, what is not True is not ready. */
export function stateOfCondition(conditions: readonly Condition[], ...types: readonly string[]): SaidState {
  for (const type of types) {
    const condition = findCondition(conditions, type);
    if (condition === null) continue;
    if (!condition.fresh) return staleState;
    if (condition.status === "True") return { state: "ready", stateReason: null };
    if (condition.status === "False") return { state: "unready", stateReason: ended(sayCondition(condition)) };
    // Unknown is what operators write of what is under way.
    return { state: "unready", stateReason: ended(sayCondition(condition)) };
  }
  return { state: "unknown", stateReason: "Its status says nothing of its state." };
}

/** A sentence with its full stop. */
export function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** True where the status as a whole speaks of an older form of the object. */
export function isStale(observed: unknown, generation: number | undefined): boolean {
  return typeof observed === "number" && generation !== undefined && observed < generation;
}

/** Facts that are there; values are cut to 500 characters. */
export function factsOf(facts: Readonly<Record<string, string | number | null | undefined>>): readonly ModelFact[] {
  return Object.entries(facts).flatMap(([name, value]) =>
    value === null || value === undefined || value === "" ? [] : [{ name, value: String(value).slice(0, 500) }],
  );
}

/** The range that an autoscaler may choose from; null where there is none. */
export function scalingRange(least: number | null, most: number | null): string | null {
  return most === null ? null : `${String(least ?? 1)} to ${String(most)} replicas`;
}

/** A URL with a scheme out of "host:port/path", as several operators write it; null where there is nothing. */
export function withScheme(address: string | null, scheme: "http" | "https" = "http"): string | null {
  if (address === null) return null;
  const url = /^https?:\/\//.test(address) ? address : `${scheme}://${address}`;
  return URL.canParse(url) ? url.replace(/\/+$/, "") : null;
}

/** True for addresses that only callers inside the cluster can use: "name.namespace.svc" with any domain behind it. */
export function isClusterUrl(url: string): boolean {
  return URL.canParse(url) && isClusterHost(new URL(url).hostname);
}

export function isClusterHost(host: string): boolean {
  return host.split(".")[2] === "svc";
}

/** An address of a status as callers use it: without the slash at its end, and without the path that runs the model. */
export function ownUrl(url: string | null, problem: string | null = null): readonly OwnUrl[] {
  if (url === null || !URL.canParse(url)) return [];
  const { protocol, hostname } = new URL(url);
  if ((protocol !== "http:" && protocol !== "https:") || hostname.includes("*")) return [];
  return [{ url: withoutModelPath(url), backendPath: null, problem }];
}

/** KServe and Seldon write the path that predicts behind the address. */
export function withoutModelPath(url: string): string {
  return url.replace(/\/(v[12]\/models\/.*|api\/v[\d.]+\/predictions.*)$/, "").replace(/\/+$/, "");
}

/** Scheme, host and port without a path; null where it is no URL. */
export function originOfUrl(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).origin : null;
}
