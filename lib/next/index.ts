import "server-only";

/**
 * Where Next meets the rest: who is asking, REST handlers bound to the contract, signing in, live events, and the headers
 * that keep a page to itself. The one room that knows HTTP and Next.
 *
 * Promises: settings are read once, at the first request; every mutation is checked for its origin, every answer carries
 * `Cache-Control: no-store` or revalidates, every refusal is an RFC 9457 problem; nothing of one viewer is kept for another.
 * Does not: decide rights (lib/access), read or write by itself (lib/views, lib/acts).
 * Fails: a lost database is 503 with `Retry-After`; a broken invariant is 500, logged with its cause, told without it.
 */
export * from "./bind-route.ts";
export * from "./deps.ts";
export * from "./handle-auth.ts";
export * from "./publish-deps.ts";
export * from "./refusal-response.ts";
export * from "./serve-description.ts";
export * from "./serve-events.ts";
export * from "./serve-openapi.ts";
export * from "./serve-try.ts";
export * from "./viewer.ts";
