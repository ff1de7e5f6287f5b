/**
 * The one pipeline for descriptions (DESIGN §6): detect, parse, repair, upgrade, check references, canonicalise, digest.
 *
 * Promises: pure and total: any bytes give a description or the problems that it has, in bounded time and memory, with the
 * place where each is; the same bytes always give the same digests under one `pipelineVersion`. References are never inlined
 * and never fetched. The contract digest is the same for Swagger 2.0, OpenAPI 3.0 and 3.1 forms of one API, for inlined and
 * referenced forms, and for any order of keys; prose, examples, `info` and hosts do not count (the base path does).
 * Does not: judge changes (`lib/diff`), escape texts (whoever shows them does), decide who may see what.
 */
export { canonicalJson } from "./canonical-json.ts";
export { createSchemaHasher, type SchemaHasher } from "./hash-schema.ts";
export { appendPointer, resolvePointer } from "./json-pointer.ts";
export { basePaths, listSecurity, pathShape } from "./digest-contract.ts";
export { isJsonObject } from "./json-value.ts";
export { listOperations } from "./list-operations.ts";
export { pipelineVersion, readDescription, type ReadLimits } from "./read-description.ts";
export { publicView, toPublicPlace, type Facing } from "./public-view.ts";
export { renderYaml } from "./render-yaml.ts";
