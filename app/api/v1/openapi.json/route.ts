import { getDeps, openApiDocument } from "@/lib/next/index.ts";

/** The portal's own description; the same for everybody. */
export function GET(): Response {
  return Response.json(openApiDocument(getDeps().settings.PUBLIC_URL), { headers: { "cache-control": "no-cache" } });
}
