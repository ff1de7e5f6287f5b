/**
 * The one pipeline for descriptions (DESIGN §6): detect, parse, repair, upgrade, check references, canonicalise, digest; and the
 * one form in which contracts are read, digested and compared.
 *
 * Promises: pure and total: any bytes give a description or the problems that it has, in bounded time and memory, with the
 * place where each is; the same bytes always give the same digests under one `pipelineVersion`. References are never inlined
 * and never fetched. The contract digest is the same for Swagger 2.0, OpenAPI 3.0 and 3.1 forms of one API, for inlined and
 * referenced forms, for recursive schemas however they are cut, and for any order of keys; prose, examples, `info`, tags and
 * hosts do not count (base paths do). Digests are made with `node:crypto` behind `sha256Hex` of `lib/base`, in one place.
 * Does not: judge changes (`lib/diff`), escape texts (whoever shows them does), decide who may see what.
 */
export { allowsValue, matchesPattern } from "./allows-value.ts";
export {
  readBasePaths,
  readContent,
  readHeaders,
  readOperations,
  type OperationForm,
  type ParameterForm,
  type Place,
} from "./api-form.ts";
export { canonicalJson } from "./canonical-json.ts";
export { appendPointer } from "./json-pointer.ts";
export { isJsonObject, objectOf, textOf } from "./json-value.ts";
export { listOperations } from "./list-operations.ts";
export { encodingOf, linksOf, operationContract, serialisationOf } from "./operation-contract.ts";
export { readDescription, type ReadLimits } from "./read-description.ts";
export { publicView, type Facing } from "./public-view.ts";
export { alternativeKey, type SecurityAlternative } from "./read-security.ts";
export { renderYaml } from "./render-yaml.ts";
export {
  admits,
  type Conditional,
  type Contains,
  type CountKeyword,
  type Limit,
  type SchemaForm,
  wholeTypes,
} from "./schema-form.ts";
export { schemaReaderOf, type SchemaReader } from "./schema-reader.ts";
export type { SchemaNode } from "./schema-node.ts";
