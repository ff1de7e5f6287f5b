/**
 * The only readers of `process.env`. Each role parses its settings once at its start; every problem is listed at once, and
 * defaults are visible here. `X_FILE` may stand for any secret `X` (a file whose content is the value).
 *
 * Fails: with a `GatebookError` of code "configuration" whose message names each setting, what is wrong and what to write.
 */
export * from "./announce-origin.ts";
export * from "./read-settings.ts";
export * from "./settings.ts";
