import { below, belowPrefixes } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/** The page at /docs is made for the document: it is given its path as `url: '/openapi.json'`. */
function findInPage(html: string): string | null {
  const path = /\burl:\s*(["'])(\/[^"'\s\\]{1,500})\1/.exec(html)?.[2];
  return path === undefined || path.startsWith("//") ? null : path;
}

/**
 * @strategy fastapi
 * @server a FastAPI or Starlette application
 * @asks /openapi.json, the same below each prefix of its routes, below /api and /api/v1; then the page /docs, which names it
 * @never a path of the application itself
 */
export const fastapiStrategy: Strategy = {
  server: "fastapi",
  places: (target) => [
    ...belowPrefixes(target, "/openapi.json"),
    below(target, "/api/openapi.json"),
    below(target, "/api/v1/openapi.json"),
  ],
  page: { path: "/docs", find: findInPage },
};
