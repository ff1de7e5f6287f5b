import type { JsonObject } from "../../model/index.ts";
import type { FixedEdit } from "../rules.ts";
import { documentOf, operationDocument, schemaDocument } from "./build-document.ts";

/** Two documents that show one edit, and what the way back shows: another edit, or why it shows none of its own. */
export type OperationPair = {
  readonly edit: FixedEdit;
  readonly mirror: FixedEdit | { readonly waiver: string };
  readonly base: JsonObject;
  readonly revision: JsonObject;
};

const text = { type: "string" } as const;
const ok = { 200: { description: "ok" } } as const;
const json = { "application/json": { schema: { type: "object" } } } as const;
const plain = { "text/plain": { schema: text } } as const;

function pair(
  edit: FixedEdit,
  mirror: OperationPair["mirror"],
  base: JsonObject,
  revision: JsonObject,
): readonly OperationPair[] {
  const one: OperationPair = { edit, mirror, base, revision };
  if (typeof mirror !== "string" || mirror === edit) return [one];
  return [one, { edit: mirror, mirror: edit, base: revision, revision: base }];
}

function body(schema: JsonObject, place: "request-body" | "response-body"): JsonObject {
  return schemaDocument(place, { type: "object", ...schema });
}

function parameter(...parameters: JsonObject[]): JsonObject {
  return operationDocument({ parameters });
}

function response(more: JsonObject, status = "200"): JsonObject {
  return operationDocument({ responses: { ...ok, [status]: { description: "ok", ...more } } });
}

const limit: JsonObject = { in: "query", name: "limit", schema: text };
const plainOperation = operationDocument({});
const otherPath = documentOf({ "/m": { post: { responses: ok } }, "/n": { get: { responses: ok } } });
const removedUnannounced = { waiver: "What comes back is a new endpoint." } as const;
const schemes: JsonObject = {
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "X-Key" },
      login: { type: "oauth2", flows: { clientCredentials: { tokenUrl: "https://login.test/token", scopes: {} } } },
    },
  },
};
const secured = (...security: JsonObject[]): JsonObject => operationDocument({ security }, schemes);
const deprecated = (more: JsonObject = {}): JsonObject => operationDocument({ deprecated: true, ...more });
const multipart = (contentType: string | null): JsonObject =>
  operationDocument({
    requestBody: {
      content: {
        "multipart/form-data": {
          schema: { type: "object", properties: { image: {} } },
          ...(contentType === null ? {} : { encoding: { image: { contentType } } }),
        },
      },
    },
  });

/** At least one pair for every edit that is not of a schema; a mirrored pair stands for both. */
export const operationPairs: readonly OperationPair[] = [
  ...pair(
    "new-required-request-property",
    "request-property-removed",
    body({}, "request-body"),
    body({ properties: { a: text }, required: ["a"] }, "request-body"),
  ),
  ...pair(
    "new-optional-request-property",
    "request-property-removed",
    body({}, "request-body"),
    body({ properties: { a: text } }, "request-body"),
  ),
  ...pair(
    "request-property-removed-from-closed-object",
    "new-optional-request-property",
    body({ properties: { a: text }, additionalProperties: false }, "request-body"),
    body({ additionalProperties: false }, "request-body"),
  ),
  ...pair(
    "request-property-became-read-only",
    "new-optional-request-property",
    body({ properties: { a: text } }, "request-body"),
    body({ properties: { a: { ...text, readOnly: true } } }, "request-body"),
  ),
  ...pair(
    "response-required-property-removed",
    "response-required-property-added",
    body({ properties: { a: text }, required: ["a"] }, "response-body"),
    body({}, "response-body"),
  ),
  ...pair(
    "response-optional-property-removed",
    "response-optional-property-added",
    body({ properties: { a: text } }, "response-body"),
    body({}, "response-body"),
  ),
  ...pair(
    "response-required-property-became-write-only",
    "response-required-property-added",
    body({ properties: { a: text }, required: ["a"] }, "response-body"),
    body({ properties: { a: { ...text, writeOnly: true } }, required: ["a"] }, "response-body"),
  ),
  ...pair(
    "response-optional-property-became-write-only",
    "response-optional-property-added",
    body({ properties: { a: text } }, "response-body"),
    body({ properties: { a: { ...text, writeOnly: true } } }, "response-body"),
  ),
  ...pair("endpoint-added", "api-path-removed-without-deprecation", plainOperation, otherPath),
  ...pair(
    "api-removed-without-deprecation",
    "endpoint-added",
    documentOf({ "/m": { post: { responses: ok }, get: { responses: ok } } }),
    plainOperation,
  ),
  ...pair("api-removed-before-sunset", removedUnannounced, deprecated({ "x-sunset": "2099-01-01" }), documentOf({})),
  ...pair("api-removed-with-deprecation", removedUnannounced, deprecated({ "x-sunset": "2020-01-01" }), documentOf({})),
  ...pair("api-deprecated-removed-without-sunset", removedUnannounced, deprecated(), documentOf({})),
  ...pair(
    "api-operation-id-added",
    "api-operation-id-removed",
    plainOperation,
    operationDocument({ operationId: "predict" }),
  ),
  ...pair("endpoint-deprecated", "endpoint-reactivated", plainOperation, deprecated()),
  ...pair(
    "endpoint-deprecated-with-sunset",
    "endpoint-reactivated",
    plainOperation,
    deprecated({ "x-sunset": "2099-01-01" }),
  ),
  ...pair(
    "sunset-moved-earlier",
    "sunset-moved-later",
    deprecated({ "x-sunset": "2099-01-01" }),
    deprecated({ "x-sunset": "2098-01-01" }),
  ),
  ...pair("sunset-added", "sunset-deleted", deprecated(), deprecated({ "x-sunset": "2098-01-01" })),
  ...pair(
    "new-required-request-parameter",
    "request-parameter-removed",
    plainOperation,
    parameter({ ...limit, required: true }),
  ),
  ...pair("new-optional-request-parameter", "request-parameter-removed", plainOperation, parameter(limit)),
  ...pair(
    "request-parameter-became-required",
    "request-parameter-became-optional",
    parameter(limit),
    parameter({ ...limit, required: true }),
  ),
  ...pair(
    "request-parameter-moved",
    "request-parameter-moved",
    parameter({ ...limit, required: true }),
    parameter({ ...limit, in: "header", required: true }),
  ),
  ...pair(
    "request-optional-parameter-moved",
    "request-optional-parameter-moved",
    parameter(limit),
    parameter({ ...limit, in: "header" }),
  ),
  ...pair(
    "request-parameter-serialization-changed",
    "request-parameter-serialization-changed",
    parameter({ ...limit, schema: { type: "array", items: text } }),
    parameter({ ...limit, schema: { type: "array", items: text }, explode: false }),
  ),
  ...pair(
    "request-parameter-schema-to-content",
    "request-parameter-schema-to-content",
    parameter(limit),
    parameter({ in: "query", name: "limit", content: json }),
  ),
  ...pair(
    "request-parameter-deprecated",
    "request-parameter-reactivated",
    parameter(limit),
    parameter({ ...limit, deprecated: true }),
  ),
  ...pair(
    "request-body-added-required",
    "request-body-removed",
    plainOperation,
    operationDocument({ requestBody: { required: true, content: json } }),
  ),
  ...pair(
    "request-body-added-optional",
    "request-body-removed",
    plainOperation,
    operationDocument({ requestBody: { content: json } }),
  ),
  ...pair(
    "request-body-became-required",
    "request-body-became-optional",
    operationDocument({ requestBody: { content: json } }),
    operationDocument({ requestBody: { required: true, content: json } }),
  ),
  ...pair(
    "request-body-media-type-added",
    "request-body-media-type-removed",
    operationDocument({ requestBody: { content: json } }),
    operationDocument({ requestBody: { content: { ...json, ...plain } } }),
  ),
  ...pair(
    "request-body-media-type-covered",
    "request-body-media-type-removed",
    operationDocument({ requestBody: { content: plain } }),
    operationDocument({ requestBody: { content: { "text/*": { schema: text } } } }),
  ),
  ...pair(
    "multipart-encoding-narrowed",
    "multipart-encoding-changed",
    multipart("image/png, image/jpeg"),
    multipart("image/png"),
  ),
  ...pair("multipart-encoding-changed", "multipart-encoding-changed", multipart(null), multipart("image/png")),
  ...pair(
    "response-success-status-added",
    "response-success-status-covered",
    plainOperation,
    response({ content: json }, "202"),
  ),
  ...pair(
    "response-success-status-removed",
    "response-success-status-added",
    operationDocument({ responses: { 200: { description: "ok" }, 400: { description: "no" } } }),
    operationDocument({ responses: { 400: { description: "no" } } }),
  ),
  ...pair(
    "response-non-success-status-added",
    "response-non-success-status-removed",
    plainOperation,
    response({}, "404"),
  ),
  ...pair("response-status-covered", "response-status-covered", response({}, "404"), response({}, "4XX")),
  ...pair("response-links-changed", "response-links-changed", plainOperation, response({ links: { next: {} } })),
  ...pair(
    "response-media-type-added",
    "response-media-type-removed",
    response({ content: json }),
    response({ content: { ...json, ...plain } }),
  ),
  ...pair(
    "response-media-type-name-generalized",
    "response-media-type-removed",
    response({ content: plain }),
    response({ content: { "text/*": { schema: text } } }),
  ),
  ...pair(
    "required-response-header-removed",
    "response-header-added",
    response({ headers: { etag: { required: true, schema: text } } }),
    plainOperation,
  ),
  ...pair(
    "optional-response-header-removed",
    "response-header-added",
    response({ headers: { etag: { schema: text } } }),
    plainOperation,
  ),
  ...pair(
    "response-header-became-optional",
    "response-header-became-required",
    response({ headers: { etag: { required: true, schema: text } } }),
    response({ headers: { etag: { schema: text } } }),
  ),
  ...pair(
    "response-header-deprecated",
    "response-header-reactivated",
    response({ headers: { etag: { schema: text } } }),
    response({ headers: { etag: { schema: text, deprecated: true } } }),
  ),
  ...pair(
    "response-header-serialization-changed",
    "response-header-serialization-changed",
    response({ headers: { etag: { schema: text } } }),
    response({ headers: { etag: { schema: text, explode: true } } }),
  ),
  ...pair("api-security-added", "api-security-removed", secured({ key: [] }), secured({ key: [] }, { login: [] })),
  ...pair(
    "api-security-scope-added",
    "api-security-scope-removed",
    secured({ login: ["read"] }),
    secured({ login: ["read", "write"] }),
  ),
  ...pair(
    "api-security-covered",
    "api-security-added",
    secured({ key: [] }, { key: [], login: [] }),
    secured({ key: [] }),
  ),
  ...pair("anonymous-access-removed", "anonymous-access-added", secured(), secured({ key: [] })),
  ...pair(
    "base-path-changed",
    "base-path-changed",
    operationDocument({}, { servers: [{ url: "https://one.test/v1" }] }),
    operationDocument({}, { servers: [{ url: "https://one.test/v2" }] }),
  ),
  ...pair(
    "base-path-added",
    "base-path-changed",
    operationDocument({}, { servers: [{ url: "/v1" }] }),
    operationDocument({}, { servers: [{ url: "/v1" }, { url: "/v2" }] }),
  ),
  ...pair(
    "callback-added",
    "callback-removed",
    plainOperation,
    operationDocument({ callbacks: { done: { "{$request.body#/url}": { post: { responses: ok } } } } }),
  ),
  ...pair(
    "webhook-added",
    "webhook-removed",
    plainOperation,
    operationDocument({}, { webhooks: { done: { post: { responses: ok } } } }),
  ),
];

/** Edits that no pair of documents can show, and why. */
export const operationWaivers: Readonly<Partial<Record<FixedEdit, string>>> = {
  "operation-changed-unknown": "It is the net below all rules of operations; what falls into it shall get a rule.",
  "contract-changed-unknown": "It is the net below all rules; what falls into it shall get a rule.",
};
