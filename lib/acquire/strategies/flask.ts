import { below, belowPrefixes } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy flask
 * @server a Flask application or another WSGI one
 * @asks /openapi.json, /swagger.json, /apispec_1.json and /openapi/openapi.json: where flask-smorest, flask-restx, flasgger and
 * flask-openapi3 put it; the first two below each prefix of its routes too
 * @never a path of the application itself
 */
export const flaskStrategy: Strategy = {
  server: "flask",
  places: (target) => [
    ...belowPrefixes(target, "/openapi.json"),
    ...belowPrefixes(target, "/swagger.json"),
    below(target, "/apispec_1.json"),
    below(target, "/openapi/openapi.json"),
  ],
};
