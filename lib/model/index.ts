/**
 * The words of Gatebook as types: what an API, an endpoint, a version, a change and a notice are.
 *
 * Promises: plain, immutable, serialisable data (dates as `Date` inside the server, ISO 8601 text only in `lib/contract`);
 * no behaviour beyond small total functions on that data, no I/O, no dependency.
 * Does not: validate input from outside (that is `lib/contract` and each adapter's own schema).
 */
export * from "./access.ts";
export * from "./acquisition.ts";
export * from "./api.ts";
export * from "./change.ts";
export * from "./description.ts";
export * from "./discovery.ts";
export * from "./facets.ts";
export * from "./identity.ts";
export * from "./notice.ts";
export * from "./page-path.ts";
export * from "./source-state.ts";
export * from "./version.ts";
