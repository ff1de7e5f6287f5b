import { z } from "zod";
import { followLevels } from "../model/index.ts";
import {
  adminReportSchema,
  apiDetailSchema,
  auditEntrySchema,
  catalogueQuerySchema,
  catalogueSchema,
  comparisonSchema,
  draftPreviewSchema,
  draftRequestSchema,
  noticeSchema,
  operationSchema,
  pageSchema,
  releaseSchema,
  tokenSchema,
  tryRequestSchema,
  versionSchema,
} from "./schemas.ts";

/** Who may call an operation at all; what is in the answer is decided by `lib/access` again. */
export type Admission = "anyone" | "signed-in" | "owner" | "admin";

export type ContractOperation = {
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the root, with `{name}` parameters. */
  readonly path: string;
  readonly summary: string;
  readonly admission: Admission;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The successful answer: JSON by a schema, or bytes of a media type. */
  readonly response:
    | { readonly status: 200 | 201; readonly schema: z.ZodType }
    | { readonly status: 204 }
    | { readonly status: 200; readonly mediaType: string };
};

const idParams = z.object({ id: z.string().max(100) });
const versionParams = idParams.extend({ number: z.string().regex(/^(current|upcoming|[1-9][0-9]{0,8})$/) });
const draftParams = idParams.extend({ draftId: z.string().max(100) });
const paging = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
const line = z.object({
  line: z.string().max(63).optional().describe("A line of versions; the API's own where none is named."),
});
const view = line.extend({ view: z.enum(["public", "raw"]).optional() });

/** Every REST operation of the portal, by id. */
export const operations = {
  listApis: {
    id: "listApis",
    method: "GET",
    path: "/api/v1/apis",
    summary: "List and search the catalogue",
    admission: "anyone",
    query: catalogueQuerySchema,
    response: { status: 200, schema: catalogueSchema },
  },
  getApi: {
    id: "getApi",
    method: "GET",
    path: "/api/v1/apis/{id}",
    summary: "Get one API with its provenance",
    admission: "anyone",
    params: idParams,
    response: { status: 200, schema: apiDetailSchema },
  },
  listVersions: {
    id: "listVersions",
    method: "GET",
    path: "/api/v1/apis/{id}/versions",
    summary: "List the versions of an API, newest first",
    admission: "anyone",
    params: idParams,
    query: paging.extend(line.shape),
    response: { status: 200, schema: pageSchema(versionSchema) },
  },
  getVersionJson: {
    id: "getVersionJson",
    method: "GET",
    path: "/api/v1/apis/{id}/versions/{number}/openapi.json",
    summary: "Download a version's description as JSON",
    admission: "anyone",
    params: versionParams,
    query: view,
    response: { status: 200, mediaType: "application/json" },
  },
  getVersionYaml: {
    id: "getVersionYaml",
    method: "GET",
    path: "/api/v1/apis/{id}/versions/{number}/openapi.yaml",
    summary: "Download a version's description as YAML",
    admission: "anyone",
    params: versionParams,
    query: view,
    response: { status: 200, mediaType: "application/yaml" },
  },
  listOperations: {
    id: "listOperations",
    method: "GET",
    path: "/api/v1/apis/{id}/versions/{number}/operations",
    summary: "List the operations of a version",
    admission: "anyone",
    params: versionParams,
    query: line,
    response: { status: 200, schema: z.object({ items: z.array(operationSchema) }) },
  },
  getChangelog: {
    id: "getChangelog",
    method: "GET",
    path: "/api/v1/apis/{id}/changelog",
    summary: "Read what each version changed, newest first",
    admission: "anyone",
    params: idParams,
    query: paging.extend(line.shape),
    response: { status: 200, schema: pageSchema(releaseSchema) },
  },
  compareVersions: {
    id: "compareVersions",
    method: "GET",
    path: "/api/v1/apis/{id}/compare",
    summary: "Compare any two versions",
    admission: "anyone",
    params: idParams,
    query: line.extend({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) }),
    response: { status: 200, schema: comparisonSchema },
  },
  followApi: {
    id: "followApi",
    method: "PUT",
    path: "/api/v1/apis/{id}/follow",
    summary: "Follow an API",
    admission: "signed-in",
    params: idParams,
    body: z.object({ level: z.enum(followLevels).optional() }),
    response: { status: 200, schema: z.object({ level: z.enum(followLevels), followerCount: z.int() }) },
  },
  unfollowApi: {
    id: "unfollowApi",
    method: "DELETE",
    path: "/api/v1/apis/{id}/follow",
    summary: "Stop following an API",
    admission: "signed-in",
    params: idParams,
    response: { status: 204 },
  },
  tryCall: {
    id: "tryCall",
    method: "POST",
    path: "/api/v1/apis/{id}/try/{endpointId}",
    summary: "Send a call to a discovered endpoint; the answer is streamed through",
    admission: "anyone",
    params: idParams.extend({ endpointId: z.string().max(100) }),
    body: tryRequestSchema,
    response: { status: 200, mediaType: "*/*" },
  },
  createDraft: {
    id: "createDraft",
    method: "POST",
    path: "/api/v1/apis/{id}/drafts",
    summary: "Validate a description, keep it as a draft and compare it with the current version",
    admission: "owner",
    params: idParams,
    body: draftRequestSchema,
    response: { status: 201, schema: draftPreviewSchema },
  },
  previewDraft: {
    id: "previewDraft",
    method: "POST",
    path: "/api/v1/apis/{id}/drafts/{draftId}/preview",
    summary: "Compare a draft with what is current now",
    admission: "owner",
    params: draftParams,
    response: { status: 200, schema: draftPreviewSchema },
  },
  publishDraft: {
    id: "publishDraft",
    method: "POST",
    path: "/api/v1/apis/{id}/drafts/{draftId}/publish",
    summary: "Make a draft the current version and tell its followers",
    admission: "owner",
    params: draftParams,
    body: z.object({
      releaseNote: z.string().max(20_000).optional(),
      /** What the person saw; refused when it is no longer what is current. */
      baseNumber: z.int().nullable(),
    }),
    response: { status: 200, schema: versionSchema },
  },
  listNotices: {
    id: "listNotices",
    method: "GET",
    path: "/api/v1/notices",
    summary: "List your notices, newest first",
    admission: "signed-in",
    query: paging,
    response: { status: 200, schema: pageSchema(noticeSchema).extend({ unread: z.int() }) },
  },
  acknowledgeNotice: {
    id: "acknowledgeNotice",
    method: "POST",
    path: "/api/v1/notices/{id}/ack",
    summary: "Mark a notice as read",
    admission: "signed-in",
    params: idParams,
    response: { status: 200, schema: z.object({ unread: z.int() }) },
  },
  streamEvents: {
    id: "streamEvents",
    method: "GET",
    path: "/api/v1/events",
    summary: "Hear of changes and notices as server-sent events",
    admission: "anyone",
    response: { status: 200, mediaType: "text/event-stream" },
  },
  listTokens: {
    id: "listTokens",
    method: "GET",
    path: "/api/v1/tokens",
    summary: "List your personal access tokens",
    admission: "signed-in",
    response: { status: 200, schema: z.object({ items: z.array(tokenSchema) }) },
  },
  createToken: {
    id: "createToken",
    method: "POST",
    path: "/api/v1/tokens",
    summary: "Create a personal access token; its secret is in this answer only",
    admission: "signed-in",
    body: z.object({ name: z.string().trim().min(1).max(100), expiresInDays: z.int().min(1).max(365) }),
    response: { status: 201, schema: z.object({ token: tokenSchema, secret: z.string() }) },
  },
  revokeToken: {
    id: "revokeToken",
    method: "DELETE",
    path: "/api/v1/tokens/{id}",
    summary: "Revoke a personal access token",
    admission: "signed-in",
    params: idParams,
    response: { status: 204 },
  },
  getAdminReport: {
    id: "getAdminReport",
    method: "GET",
    path: "/api/v1/admin/sources",
    summary: "See each kind that is watched, its state, and what was left out",
    admission: "admin",
    response: { status: 200, schema: adminReportSchema },
  },
  listAudit: {
    id: "listAudit",
    method: "GET",
    path: "/api/v1/admin/audit",
    summary: "Read the audit log, newest first",
    admission: "admin",
    query: paging,
    response: { status: 200, schema: pageSchema(auditEntrySchema) },
  },
} as const satisfies Record<string, ContractOperation>;

export type OperationId = keyof typeof operations;
