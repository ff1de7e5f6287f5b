/**
 * What pages and REST answer with: one function a view, which takes the viewer first, applies `lib/access`, reads the store
 * and gives the contract's shapes.
 *
 * Promises: null means "not found", for what is absent and for what is hidden alike; nothing of an answer, not a count and
 * not a path, depends on what the viewer may not see.
 * Does not: write, sign anybody in, know HTTP.
 */
export * from "./compare-versions.ts";
export * from "./deps.ts";
export * from "./find-api-by-path.ts";
export * from "./get-admin-report.ts";
export * from "./get-api.ts";
export * from "./get-catalogue.ts";
export * from "./get-changelog.ts";
export * from "./get-description.ts";
export * from "./get-version.ts";
export type { LineChoice } from "./line-of.ts";
export * from "./list-audit.ts";
export * from "./list-following.ts";
export * from "./list-notices.ts";
export { listOperations, type ConsumerOperation } from "./list-operations.ts";
export * from "./list-tokens.ts";
export * from "./list-versions.ts";
export * from "./read-event.ts";
export * from "./show-notice.ts";
export * from "./show-token.ts";
export * from "./show-version.ts";
