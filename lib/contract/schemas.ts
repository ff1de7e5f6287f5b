import { z } from "zod";
import {
  acquisitionFailures,
  apiStates,
  changeLevels,
  followLevels,
  httpMethods,
  lifecycles,
  noticeKinds,
  origins,
  protocols,
  roles,
} from "../model/index.ts";
import type { Json } from "../model/index.ts";

const date = z.iso.datetime();
const id = z.string().min(1).max(100);

export const jsonSchema: z.ZodType<Json> = z.json();

export const visibilitySchema = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("public") }),
    z.object({ kind: z.literal("signed-in") }),
    z.object({ kind: z.literal("groups"), groups: z.array(z.string()) }),
  ])
  .meta({ id: "Visibility" });

export const revisionSchema = z
  .object({
    name: z.string(),
    line: z.string(),
    trafficPercent: z.number(),
    ready: z.boolean(),
    images: z.array(z.string()),
  })
  .meta({ id: "Revision" });

export const objectKeySchema = z
  .object({ cluster: z.string(), namespace: z.string(), group: z.string(), kind: z.string(), name: z.string() })
  .meta({ id: "ObjectKey" });

/** A null value: any that the route takes by a pattern, or a secret. */
const requiredHeaderSchema = z.object({ name: z.string(), value: z.string().nullable() });

export const endpointSchema = z
  .object({
    id,
    url: z.string(),
    line: z.string(),
    reach: z.enum(["public", "cluster"]),
    requiredHeaders: z.array(requiredHeaderSchema),
    via: objectKeySchema,
    problem: z.string().nullable(),
    paths: z.array(
      z.object({
        match: z.enum(["prefix", "exact", "text-prefix"]),
        publicPath: z.string(),
        backendPath: z.string(),
        methods: z.array(z.string()).nullable(),
        headers: z.array(requiredHeaderSchema),
        except: z.array(
          z.object({
            match: z.enum(["prefix", "exact", "text-prefix"]),
            path: z.string(),
            methods: z.array(z.string()).nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: "Endpoint" });

export const changeCountsSchema = z
  .object({ breaking: z.int(), risky: z.int(), safe: z.int(), info: z.int() })
  .meta({ id: "ChangeCounts" });

export const verdictSchema = z.enum(["breaking", "risky", "safe", "none"]);

export const currentVersionSchema = z
  .object({ number: z.int(), label: z.string(), contractDigest: z.string(), createdAt: date })
  .meta({ id: "CurrentVersion" });

/** One line of the catalogue. */
export const apiSummarySchema = z
  .object({
    id,
    cluster: z.string(),
    namespace: z.string(),
    group: z.string(),
    kind: z.string(),
    name: z.string(),
    /** Readable path of its page, from the root. */
    pagePath: z.string(),
    title: z.string(),
    summary: z.string(),
    protocol: z.enum(protocols),
    server: z.string().nullable(),
    owner: z.string().nullable(),
    visibility: visibilitySchema,
    tags: z.array(z.string()),
    /** What the model is for and what it was made with, as its labels say. */
    task: z.string().nullable(),
    framework: z.string().nullable(),
    state: z.enum(apiStates),
    stateReason: z.string().nullable(),
    publicUrls: z.array(z.string()),
    internalUrl: z.string().nullable(),
    revisions: z.array(revisionSchema),
    origin: z.enum(origins),
    operationCount: z.int(),
    currentVersion: currentVersionSchema.nullable(),
    /** A contract that is announced and not yet current. */
    upcomingVersion: z.object({ number: z.int(), label: z.string(), verdict: verdictSchema }).nullable(),
    following: z.boolean(),
    confirmedByCluster: z.boolean(),
    confirmedAt: date,
  })
  .meta({ id: "ApiSummary" });
export type ApiSummary = z.infer<typeof apiSummarySchema>;

/** How the description of one revision was had, or why not. */
export const acquisitionSchema = z
  .object({
    revision: z.string(),
    outcome: z.enum(["fetched", "failed", "held", "none"]),
    failure: z.enum(acquisitionFailures).nullable(),
    place: z.string().nullable(),
    message: z.string().nullable(),
    advice: z.string().nullable(),
    /** The policies of the network that keep the portal from asking, and a manifest that would admit it. */
    admission: z.object({ policies: z.array(z.string()), manifest: z.string().nullable() }).nullable(),
    askedAt: date,
    /** When a description was last had from it; older than `askedAt` where the last attempt failed. */
    fetchedAt: date.nullable(),
  })
  .meta({ id: "Acquisition" });

/** A series of versions of an API that lives on its own; an API's own line comes first. */
export const lineSchema = z
  .object({
    name: z.string(),
    /** False for a line whose versions stay although nothing serves it any more. */
    served: z.boolean(),
    currentVersion: currentVersionSchema.nullable(),
    upcomingVersion: z.object({ number: z.int(), label: z.string(), verdict: verdictSchema }).nullable(),
  })
  .meta({ id: "Line" });

/** What the viewer may do here, with the reason where not; pages show the reason instead of hiding the button. */
export const permissionSchema = z
  .object({ allowed: z.boolean(), reason: z.string().nullable() })
  .meta({ id: "Permission" });

export const apiDetailSchema = apiSummarySchema
  .extend({
    lines: z.array(lineSchema),
    provenance: z.array(z.object({ object: objectKeySchema, says: z.string() })),
    facts: z.array(z.object({ name: z.string(), value: z.string() })),
    endpoints: z.array(endpointSchema),
    acquisitions: z.array(acquisitionSchema),
    unstable: z.boolean(),
    retiredAt: date.nullable(),
    repairs: z.array(z.object({ pointer: z.string(), message: z.string() })),
    warnings: z.array(z.string()),
    followLevel: z.enum(followLevels).nullable(),
    followerCount: z.int(),
    can: z.object({ follow: permissionSchema, try: permissionSchema, publish: permissionSchema }),
  })
  .meta({ id: "ApiDetail" });
export type ApiDetail = z.infer<typeof apiDetailSchema>;

export const operationSchema = z
  .object({
    id: z.string(),
    method: z.enum(httpMethods),
    path: z.string(),
    operationId: z.string().nullable(),
    summary: z.string(),
    tags: z.array(z.string()),
    deprecated: z.boolean(),
    /** The URLs that its path is below. */
    servers: z.array(z.string()),
    /** True where no route reaches it from outside while others do. */
    internal: z.boolean(),
  })
  .meta({ id: "Operation" });

export const versionSchema = z
  .object({
    id,
    line: z.string(),
    number: z.int(),
    label: z.string(),
    contractDigest: z.string(),
    documentDigest: z.string(),
    lifecycle: z.enum(lifecycles),
    source: z.enum(["cluster", "published"]),
    publishedBy: z.string().nullable(),
    releaseNote: z.string().nullable(),
    createdAt: date,
    currentSince: date.nullable(),
    operationCount: z.int(),
    textCount: z.int(),
    verdict: verdictSchema,
    counts: changeCountsSchema,
    servedBy: z.array(
      z.object({ revision: z.string(), images: z.array(z.string()), firstSeenAt: date, lastSeenAt: date }),
    ),
  })
  .meta({ id: "Version" });
export type Version = z.infer<typeof versionSchema>;

const directionSchema = z.enum(["request", "response", "none"]);

export const changeSchema = z
  .object({
    id: z.string().describe("The rule."),
    level: z.enum(changeLevels),
    direction: directionSchema,
    method: z.enum(httpMethods).nullable(),
    path: z.string().nullable(),
    pointerBefore: z.string().nullable(),
    pointerAfter: z.string().nullable(),
    before: jsonSchema,
    after: jsonSchema,
    message: z.string(),
    advice: z.string(),
    proof: z.enum(["contained", "witness", "rule", "unknown"]),
    witness: jsonSchema.optional(),
    fingerprint: z.string(),
    usedBy: z.array(z.object({ method: z.enum(httpMethods), path: z.string(), direction: directionSchema })),
  })
  .meta({ id: "Change" });

/** One entry of the changelog: a version with what it changed. */
export const releaseSchema = z
  .object({ version: versionSchema, baseNumber: z.int().nullable(), changes: z.array(changeSchema) })
  .meta({ id: "Release" });
export type Release = z.infer<typeof releaseSchema>;

export const comparisonSchema = z
  .object({
    from: z.int(),
    to: z.int(),
    verdict: verdictSchema,
    counts: changeCountsSchema,
    changes: z.array(changeSchema),
  })
  .meta({ id: "Comparison" });
export type Comparison = z.infer<typeof comparisonSchema>;

export const noticeSchema = z
  .object({
    id,
    kind: z.enum(noticeKinds),
    apiId: id,
    apiTitle: z.string(),
    apiPath: z.string(),
    line: z.string().nullable(),
    versionNumber: z.int(),
    versionLabel: z.string(),
    verdict: verdictSchema,
    counts: changeCountsSchema,
    message: z.string(),
    advice: z.string(),
    createdAt: date,
    readAt: date.nullable(),
  })
  .meta({ id: "Notice" });
export type NoticeView = z.infer<typeof noticeSchema>;

const facetValues = z.array(z.object({ value: z.string(), count: z.int() }));
export const facetsSchema = z
  .object({
    protocol: facetValues,
    state: facetValues,
    owner: facetValues,
    namespace: facetValues,
    /** Which model server it runs on. */
    server: facetValues,
    /** What the model is for and what it was made with, as its labels say. */
    task: facetValues,
    framework: facetValues,
  })
  .meta({ id: "Facets" });
export type Facets = z.infer<typeof facetsSchema>;

/** The query of the catalogue; repeated values are alternatives. */
export const catalogueQuerySchema = z.object({
  q: z.string().max(200).optional(),
  owner: z.string().max(200).optional(),
  namespace: z.string().max(253).optional(),
  protocol: z.enum(protocols).optional(),
  state: z.enum(apiStates).optional(),
  server: z.string().max(100).optional(),
  task: z.string().max(500).optional(),
  framework: z.string().max(500).optional(),
  lifecycle: z.enum(lifecycles).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
export type CatalogueQuery = z.infer<typeof catalogueQuerySchema>;

export const sourceStatusSchema = z
  .object({
    cluster: z.string(),
    group: z.string(),
    version: z.string(),
    kind: z.string(),
    state: z.enum(["synced", "absent", "stale"]),
    reason: z.string().nullable(),
    message: z.string().nullable(),
    objectCount: z.int(),
    confirmedAt: date.nullable(),
    lagMs: z.int().nullable(),
  })
  .meta({ id: "SourceStatus" });

export const adminReportSchema = z
  .object({
    sources: z.array(sourceStatusSchema),
    leftOut: z.array(z.object({ object: objectKeySchema, reason: z.string() })),
    warnings: z.array(z.object({ object: objectKeySchema, message: z.string() })),
    updatedAt: date.nullable(),
  })
  .meta({ id: "AdminReport" });
export type AdminReport = z.infer<typeof adminReportSchema>;

export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: date,
    actor: z.string(),
    actorName: z.string(),
    act: z.string(),
    target: z.string(),
    detail: jsonSchema,
  })
  .meta({ id: "AuditEntry" });

export const tokenSchema = z
  .object({
    id,
    name: z.string(),
    hint: z.string(),
    role: z.enum(roles),
    groups: z.array(z.string()),
    createdAt: date,
    expiresAt: date,
    revokedAt: date.nullable(),
    lastUsedAt: date.nullable(),
  })
  .meta({ id: "AccessToken" });
export type TokenView = z.infer<typeof tokenSchema>;

export const draftSchema = z
  .object({ id, apiId: id, line: z.string(), label: z.string(), releaseNote: z.string(), createdAt: date })
  .meta({ id: "Draft" });

/** What a draft would do if it were published now. */
export const draftPreviewSchema = z
  .object({
    draft: draftSchema,
    /** Null where the API has no current version to compare with. */
    baseNumber: z.int().nullable(),
    nextNumber: z.int(),
    sameContract: z.boolean(),
    verdict: verdictSchema,
    counts: changeCountsSchema,
    changes: z.array(changeSchema),
    repairs: z.array(z.object({ pointer: z.string(), message: z.string() })),
    followerCount: z.int(),
  })
  .meta({ id: "DraftPreview" });
export type DraftPreview = z.infer<typeof draftPreviewSchema>;

export const draftRequestSchema = z
  .object({
    document: z
      .string()
      .max(16 * 1024 * 1024)
      .optional()
      .describe("The description as JSON or YAML text."),
    revision: z.string().max(253).optional().describe("Instead: take what this revision serves."),
    line: z.string().max(63).optional().describe("The line of versions; the API's own where none is named."),
    releaseNote: z.string().max(20_000).optional(),
  })
  .refine((value) => (value.document === undefined) !== (value.revision === undefined), {
    message: "Give either a document or the name of a revision.",
  })
  .meta({ id: "DraftRequest" });

/** A call as the console sends it. The path is the public one, below the operation's server; never a URL. */
export const tryRequestSchema = z
  .object({
    operation: z.string().max(2000).describe('The operation: "<METHOD> <path>" as the description names it.'),
    path: z.string().max(8000).describe("The operation's path with its parameters filled in, below its server."),
    query: z.string().max(8000).optional().describe("The query string without the question mark."),
    headers: z.array(z.object({ name: z.string().max(200), value: z.string().max(8000) })).max(50),
    body: z
      .discriminatedUnion("kind", [
        z.object({ kind: z.literal("none") }),
        z.object({ kind: z.literal("text"), text: z.string() }),
        z.object({ kind: z.literal("base64"), base64: z.string() }),
      ])
      .optional(),
  })
  .meta({ id: "TryRequest" });
export type TryRequest = z.infer<typeof tryRequestSchema>;

/** What arrives on the event stream; says that something moved, never what a viewer may not see. */
export const portalEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("api"), apiId: id, pagePath: z.string() }),
  z.object({
    type: z.literal("version"),
    apiId: id,
    pagePath: z.string(),
    line: z.string(),
    number: z.int(),
    lifecycle: z.enum(lifecycles),
  }),
  z.object({ type: z.literal("notice"), notice: noticeSchema, unread: z.int() }),
  z.object({ type: z.literal("sources") }),
]);
export type PortalEvent = z.infer<typeof portalEventSchema>;

export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const catalogueSchema = pageSchema(apiSummarySchema)
  .extend({ total: z.int(), facets: facetsSchema })
  .meta({ id: "Catalogue" });
export type Catalogue = z.infer<typeof catalogueSchema>;
