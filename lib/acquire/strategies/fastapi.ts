import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy fastapi
 * @server a FastAPI or Starlette application
 * @asks /openapi.json, then the two prefixes that its own templates use
 * @never a path of the application itself
 */
export const fastapiStrategy: Strategy = {
  server: "fastapi",
  places: (target) => ["/openapi.json", "/api/openapi.json", "/api/v1/openapi.json"].map((path) => below(target, path)),
};
