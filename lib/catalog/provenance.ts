import type { ProvenanceStep } from "../model/index.ts";
import type { Exposure } from "./routes/exposure.ts";
import { keyOf } from "./routes/exposure.ts";
import type { WorldIndex } from "./world-index.ts";

/** What a route says of the API that it leads to, and what stands beside it. */
export function tellExposure(world: WorldIndex, exposure: Exposure): readonly ProvenanceStep[] {
  const urls = exposure.endpoints.slice(0, 3).map(({ url }) => url);
  const more = exposure.endpoints.length - urls.length;
  const says =
    urls.length === 0
      ? (exposure.problem ?? "routes to it, under no address that can be called")
      : `routes ${urls.join(", ")}${more > 0 ? ` and ${String(more)} more` : ""} to it`;
  return [
    { object: keyOf(world, exposure.route), says },
    ...exposure.beside.map((object) => ({ object: keyOf(world, object), says: "takes part in that" })),
  ];
}
