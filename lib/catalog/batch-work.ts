import type { DiscoveredApi, ModelFact } from "../model/index.ts";
import type { ResourceObservation } from "../sources/index.ts";
import { uniqueFacts } from "./model-facts.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf } from "./names.ts";

const textMax = 4_000;
const shortHost = /(?:https?|grpc):\/\/([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?=[:/?#"'\s]|$)/g;
const fullHost = /\b([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.svc\b/g;

/** Services that batch work is told to call, by "namespace/name": in its words and its variables. */
function calledBy({ containers, namespace }: ResourceObservation): ReadonlySet<string> {
  const called = new Set<string>();
  for (const { words, environment } of containers)
    for (const text of [...words, ...Object.values(environment)]) {
      const shown = text.slice(0, textMax);
      for (const [, name = ""] of shown.matchAll(shortHost)) called.add(nameOf(namespace, name));
      for (const [, name = "", own = ""] of shown.matchAll(fullHost)) called.add(nameOf(own, name));
    }
  return called;
}

function tell({ kind, name, facts }: ResourceObservation): ModelFact {
  const said = (fact: string): string | null => facts.find((own) => own.name === fact)?.value ?? null;
  const parts = [
    said("Schedule"),
    said("Last run") === null ? null : `last run ${said("Last run") ?? ""}`,
    said("Ended"),
  ];
  const shown = parts.filter((part) => part !== null).join(", ");
  return { name: "Batch work", value: `${kind} ${name}${shown === "" ? "" : ` (${shown})`}` };
}

/** Services of an API: the ones that it is made of, and the one of its address inside. */
function servicesOf({ members, internalUrl, endpoints }: DiscoveredApi): readonly string[] {
  const urls = [internalUrl, ...endpoints.filter(({ reach }) => reach === "cluster").map(({ url }) => url)];
  const hosts = urls.flatMap((url) => {
    const [name, namespace] = url !== null && URL.canParse(url) ? new URL(url).hostname.split(".") : [];
    return name === undefined || namespace === undefined ? [] : [nameOf(namespace, name)];
  });
  return [
    ...members.filter(({ kind }) => kind === "Service").map(({ namespace, name }) => nameOf(namespace, name)),
    ...hosts,
  ];
}

/** APIs with the Jobs and CronJobs that call them, which are no entries of their own (DESIGN §4). */
export function tellBatchWork(world: WorldIndex, apis: readonly DiscoveredApi[]): readonly DiscoveredApi[] {
  const callers = new Map<string, ModelFact[]>();
  for (const resource of world.resources.values()) {
    if (resource.protocol !== "batch" || resource.owners.some(({ kind }) => kind === "CronJob")) continue;
    for (const service of calledBy(resource)) callers.set(service, [...(callers.get(service) ?? []), tell(resource)]);
  }
  if (callers.size === 0) return apis;
  return apis.map((api) => {
    const facts =
      api.protocol === "batch" ? [] : [...new Set(servicesOf(api))].flatMap((name) => callers.get(name) ?? []);
    return facts.length === 0 ? api : { ...api, facts: uniqueFacts([...api.facts, ...facts.slice(0, 16)]) };
  });
}
