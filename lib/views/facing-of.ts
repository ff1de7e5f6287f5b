import type { Facing } from "../spec/index.ts";
import type { Endpoint } from "../model/index.ts";
import type { ApiRow } from "../store/index.ts";
import { lineOf } from "./line-of.ts";

/** How one line of an API looks from outside, for the description that consumers read. */
export function facingOf(row: ApiRow, line: string, endpoints: readonly Endpoint[]): Facing {
  const own = endpoints.filter((endpoint) => endpoint.line === line);
  const inside = own.find(({ reach }) => reach === "cluster")?.url ?? null;
  const { api } = row;
  return {
    title: api.title,
    modelName: api.modelName,
    server: api.server,
    protocol: api.protocol,
    explains: api.server === "kserve" ? api.facts.some((fact) => fact.name === "Explainer") : null,
    internalHeaders: own.find(({ reach }) => reach === "cluster")?.requiredHeaders ?? [],
    endpoints: own.filter(({ reach }) => reach === "public"),
    internalUrl: line === lineOf(row, undefined) ? api.internalUrl : inside,
  };
}
