import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy flask
 * @server a Flask application or another WSGI one
 * @asks /openapi.json, /swagger.json and /apispec_1.json: where flask-smorest, flask-restx and flasgger put it
 * @never a path of the application itself
 */
export const flaskStrategy: Strategy = {
  server: "flask",
  places: (target) => [
    below(target, "/openapi.json"),
    below(target, "/swagger.json"),
    below(target, "/apispec_1.json"),
  ],
};
