/**
 * What every room needs and none owns: the error base class, digests, the clock, the log and the metrics registry.
 *
 * Promises: no I/O but writing log lines to standard output; the log never carries secrets (see `createLogger`).
 * Does not: know any word of the domain. A function that does belongs elsewhere.
 */
export * from "./clock.ts";
export * from "./digest.ts";
export * from "./errors.ts";
export * from "./logger.ts";
export * from "./metrics.ts";
