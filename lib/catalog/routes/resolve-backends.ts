import type { Backend, Observed } from "../../sources/index.ts";
import type { WorldIndex } from "../world-index.ts";
import { nameOf, serviceName } from "../world-index.ts";
import type { ExposedBackend } from "./exposure.ts";

const depthMax = 4;
const gatewayApi = "gateway.networking.k8s.io";

/** True where a backend of another namespace may be referred to (ReferenceGrant). Only the Gateway API asks for one. */
function isGranted(world: WorldIndex, route: Observed, backend: Backend): boolean {
  if (backend.namespace === route.namespace || route.group !== gatewayApi) return true;
  return world.grants.some(
    (grant) =>
      grant.namespace === backend.namespace &&
      grant.from.some(
        (from) => from.group === route.group && from.kind === route.kind && from.namespace === route.namespace,
      ) &&
      grant.to.some(
        (to) =>
          to.group === backend.group && to.kind === backend.kind && (to.name === null || to.name === backend.name),
      ),
  );
}

type Weighed = { readonly service: string; readonly weight: number; readonly subset: string | null };

/** Services and pools behind one reference; what stands for others is followed, circles and foreign servers end in nothing. */
function follow(world: WorldIndex, backend: Backend, weight: number, depth: number): readonly Weighed[] {
  const { group, kind, namespace, name, subset } = backend;
  if (depth > depthMax) return [];
  if (kind === "Service" && group === "") return [{ service: nameOf(namespace, name), weight, subset }];
  if (kind === "InferencePool") return [{ service: serviceName({ kind, namespace, name }), weight, subset: null }];
  if (kind === "TraefikService") {
    const parts = world.traefikServices.get(nameOf(namespace, name))?.backends ?? [];
    const total = parts.reduce((sum, part) => sum + part.weight, 0);
    return parts.flatMap((part) => follow(world, part, total === 0 ? 0 : (weight * part.weight) / total, depth + 1));
  }
  const target = world.aliases.get(`${kind} ${nameOf(namespace, name)}`)?.target ?? null;
  return target === null ? [] : follow(world, target, weight, depth + 1);
}

/** What a rule's backends come to, with their shares; a backend that may not be referred to is left out, and it is said. */
export function resolveBackends(
  world: WorldIndex,
  route: Observed,
  backends: readonly Backend[],
): { readonly backends: readonly ExposedBackend[]; readonly problem: string | null } {
  const refused = backends.find((backend) => !isGranted(world, route, backend));
  const found = backends
    .filter((backend) => isGranted(world, route, backend))
    .flatMap((backend) => follow(world, backend, backend.weight, 0));
  const total = found.reduce((sum, backend) => sum + backend.weight, 0);
  return {
    backends: found.map((backend) => ({
      ...backend,
      sharePercent: total === 0 ? 0 : Math.round((backend.weight / total) * 1000) / 10,
    })),
    problem:
      refused === undefined
        ? null
        : `${refused.kind} ${nameOf(refused.namespace, refused.name)} lies in another namespace, and no ReferenceGrant there lets this route use it.`,
  };
}
