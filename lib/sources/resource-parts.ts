import type { ApiState, ModelFact } from "../model/index.ts";
import type { ResourceObservation, ResourcePart } from "./observation.ts";
import type { Condition } from "./read-fields.ts";
import { findCondition } from "./read-fields.ts";

/** What most model resources have nothing to say of. */
export const plainResource: Pick<
  ResourceObservation,
  | "server"
  | "protocol"
  | "modelName"
  | "publicUrls"
  | "internalUrl"
  | "requiredHeaders"
  | "childLabels"
  | "children"
  | "sharedServices"
  | "facts"
  | "containers"
> = {
  server: null,
  protocol: null,
  modelName: null,
  publicUrls: [],
  internalUrl: null,
  requiredHeaders: [],
  childLabels: [],
  children: [],
  sharedServices: [],
  facts: [],
  containers: [],
};

/** One revision that takes everything, carried by the first of these Services that exists. */
export function onlyPart(name: string, services: readonly string[], ready: boolean | null): ResourcePart {
  return { name, percent: 100, ready, services, podLabels: null, images: [] };
}

/** The state that a condition of readiness tells: what is not said is unknown, what is not True is not ready. */
export function stateOfCondition(
  conditions: readonly Condition[],
  ...types: readonly string[]
): { readonly state: ApiState; readonly stateReason: string | null } {
  for (const type of types) {
    const condition = findCondition(conditions, type);
    if (condition === null) continue;
    if (!condition.fresh) return { state: "unknown", stateReason: "Its status speaks of an older form of it." };
    if (condition.status === "True") return { state: "ready", stateReason: null };
    if (condition.status === "False")
      return { state: "unready", stateReason: condition.message || condition.reason || `It is not ${type}.` };
    return { state: "unknown", stateReason: condition.message || condition.reason || null };
  }
  return { state: "unknown", stateReason: "Its status says nothing of its state." };
}

/** Facts that are there; values are cut to 500 characters. */
export function factsOf(facts: Readonly<Record<string, string | number | null | undefined>>): readonly ModelFact[] {
  return Object.entries(facts).flatMap(([name, value]) =>
    value === null || value === undefined || value === "" ? [] : [{ name, value: String(value).slice(0, 500) }],
  );
}

/** A URL with a scheme out of "host:port/path", as several operators write it; null where there is nothing. */
export function withScheme(address: string | null, scheme: "http" | "https" = "http"): string | null {
  if (address === null) return null;
  const url = /^https?:\/\//.test(address) ? address : `${scheme}://${address}`;
  return URL.canParse(url) ? url.replace(/\/+$/, "") : null;
}

/** True for addresses that only callers inside the cluster can use. */
export function isClusterUrl(url: string): boolean {
  return URL.canParse(url) && /\.svc(\.|$)/.test(new URL(url).hostname);
}

/** Scheme, host and port without a path; null where it is no URL. */
export function originOfUrl(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).origin : null;
}
