/**
 * The REST interface as data: the shape of every request and response (`schemas`), and every operation with its method,
 * path, rights and schemas (`operations`). Handlers bind to these, pages take their data in these shapes, and the
 * portal's own OpenAPI document is made from them, so none of the three can drift.
 *
 * Promises: public names (DESIGN §14) only grow; dates are ISO 8601 text; lists are cursor pages `{ items, nextCursor }`.
 * Does not: read, decide or log anything.
 */
export * from "./operations.ts";
export * from "./problem.ts";
export * from "./schemas.ts";
