import { getDeps } from "./deps.ts";
import { openApiDocument } from "./openapi-document.ts";
import { secureResponse } from "./secure-response.ts";

/** The portal's own description; the same for everybody. */
export function serveOpenApi(): Response {
  const { settings } = getDeps();
  const headers = { "cache-control": "no-cache" };
  return secureResponse(settings, Response.json(openApiDocument(settings.PUBLIC_URL), { headers }));
}
