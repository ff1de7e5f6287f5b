import type { ProbeTarget, ServerKind } from "../model/index.ts";

/** Where each server serves its description, in order, and nowhere else (SERVING §4). */
type Places = (target: ProbeTarget) => readonly string[];

const withBase = (target: ProbeTarget, path: string): string => `${target.basePath.replace(/\/+$/, "")}${path}`;

const places: Readonly<Record<ServerKind, Places>> = {
  fastapi: (target) => [
    withBase(target, "/openapi.json"),
    withBase(target, "/api/openapi.json"),
    withBase(target, "/api/v1/openapi.json"),
  ],
  // The Python server always serves it, whatever --enable_docs_url says.
  kserve: (target) => [withBase(target, "/openapi.json")],
  // Never /openapi.json: that is a document of the framework which says nothing of the model.
  mlserver: (target) => [
    ...(target.modelName === null
      ? []
      : [withBase(target, `/v2/models/${encodeURIComponent(target.modelName)}/docs/dataplane.json`)]),
    withBase(target, "/v2/docs/dataplane.json"),
  ],
  // Speaks HTTP, and more is not known: one look at the place that most frameworks share, and no guessing beyond it.
  "unknown-http": (target) => [withBase(target, "/openapi.json")],
};

/** The paths to ask, the likeliest first. */
export function placesOf(target: ProbeTarget): readonly string[] {
  return places[target.server](target);
}
