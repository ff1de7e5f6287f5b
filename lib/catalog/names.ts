import type { Observed, ServiceObservation } from "../sources/index.ts";

export function nameOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** What tells one object from every other of its namespace: kind, namespace, name. */
export function resourceName(resource: Pick<Observed, "kind" | "namespace" | "name">): string {
  return `${resource.kind} ${nameOf(resource.namespace, resource.name)}`;
}

/** "namespace/name" of a Service; an InferencePool of the same name is another thing. */
export function serviceName(service: Pick<ServiceObservation, "kind" | "namespace" | "name">): string {
  return `${nameOf(service.namespace, service.name)}${service.kind === "InferencePool" ? "#pool" : ""}`;
}

/** A Service or a pool by its `serviceName`, as people say it. */
export function sayService(name: string): string {
  return name.endsWith("#pool") ? `InferencePool ${name.slice(0, -5)}` : `Service ${name}`;
}

/** By namespace, then by name. */
export function compareNames(left: Observed, right: Observed): number {
  if (left.namespace !== right.namespace) return left.namespace < right.namespace ? -1 : 1;
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}

/** The older one first; of the same age, by name. */
export function compareAge(left: Observed, right: Observed): number {
  if (left.createdAt !== right.createdAt) return left.createdAt < right.createdAt ? -1 : 1;
  return compareNames(left, right);
}
