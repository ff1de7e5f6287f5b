import type { Facing } from "../spec/index.ts";
import type { Endpoint } from "../model/index.ts";
import type { ApiRow } from "../store/index.ts";

/** How an API looks from outside, for the description that consumers read. */
export function facingOf(row: ApiRow, endpoints: readonly Endpoint[]): Facing {
  const { api } = row;
  return {
    title: api.title,
    modelName: api.modelName,
    server: api.server,
    protocol: api.protocol,
    endpoints: endpoints.filter(({ reach }) => reach === "public"),
    internalUrl: api.internalUrl,
  };
}
