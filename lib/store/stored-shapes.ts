import { z } from "zod";
import {
  changeLevels,
  followLevels,
  httpMethods,
  acquisitionFailures,
  descriptionFormats,
  apiStates,
  lifecycles,
  mainLine,
  noticeKinds,
  origins,
  protocols,
  roles,
} from "../model/index.ts";
import type { Change, ObjectKey, Visibility } from "../model/index.ts";

const json = z.json();
const objectKey = z.object({
  cluster: z.string(),
  namespace: z.string(),
  group: z.string(),
  kind: z.string(),
  name: z.string(),
});
const direction = z.enum(["request", "response", "none"]);

/**
 * What JSON and text columns hold, checked on the way out: a row that an older or newer Gatebook wrote differently fails
 * here, with the place, and not somewhere in a page.
 */
export const stored = {
  revisions: z.array(
    z.object({
      name: z.string(),
      line: z.string().default(mainLine),
      trafficPercent: z.number(),
      ready: z.boolean(),
      images: z.array(z.string()),
    }),
  ),
  provenance: z.array(z.object({ object: objectKey, says: z.string() })),
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  endpointDetail: z.object({
    line: z.string().default(mainLine),
    paths: z.array(
      z.object({
        match: z.enum(["prefix", "exact", "text-prefix"]),
        publicPath: z.string(),
        backendPath: z.string(),
        methods: z.array(z.string()).nullable(),
        headers: z.array(z.object({ name: z.string(), value: z.string().nullable() })).default([]),
        except: z
          .array(
            z.object({
              match: z.enum(["prefix", "exact", "text-prefix"]),
              path: z.string(),
              methods: z.array(z.string()).nullable(),
            }),
          )
          .default([]),
      }),
    ),
    requiredHeaders: z.array(z.object({ name: z.string(), value: z.string().nullable() })),
  }),
  address: z
    .object({
      scheme: z.enum(["http", "https"]),
      host: z.string(),
      port: z.number(),
      hostHeader: z.string().nullable(),
    })
    .nullable(),
  reach: z.enum(["public", "cluster"]),
  protocol: z.enum(protocols),
  state: z.enum(apiStates),
  origin: z.enum(origins),
  lifecycle: z.enum(lifecycles),
  versionSource: z.enum(["cluster", "published"]),
  followLevel: z.enum(followLevels),
  noticeKind: z.enum(noticeKinds),
  verdict: z.enum(["breaking", "risky", "safe", "none"]),
  counts: z.object({ breaking: z.int(), risky: z.int(), safe: z.int(), info: z.int() }),
  level: z.enum(changeLevels),
  role: z.enum(roles),
  acquisitionOutcome: z.enum(["fetched", "failed", "held", "none"]),
  acquisitionOrigin: z.enum(["declared", "fetched", "derived"]).nullable(),
  acquisitionFailure: z.enum(acquisitionFailures).nullable(),
  admission: z.object({ policies: z.array(z.string()), manifest: z.string().nullable() }).nullable(),
  listState: z.enum(["synced", "absent", "stale"]),
  repairs: z.array(z.object({ pointer: z.string(), message: z.string() })),
  leftOut: z.array(z.object({ object: objectKey, reason: z.string() })),
  warnings: z.array(z.object({ object: objectKey, message: z.string() })),
  format: z.enum(descriptionFormats),
  operations: z.array(
    z.object({
      id: z.string(),
      method: z.enum(httpMethods),
      path: z.string(),
      operationId: z.string().nullable(),
      summary: z.string(),
      tags: z.array(z.string()),
      deprecated: z.boolean(),
    }),
  ),
  json,
  change: z.object({
    id: z.string(),
    level: z.enum(changeLevels),
    direction,
    method: z.enum(httpMethods).nullable(),
    path: z.string().nullable(),
    pointerBefore: z.string().nullable(),
    pointerAfter: z.string().nullable(),
    before: json,
    after: json,
    message: z.string(),
    advice: z.string(),
    proof: z.enum(["contained", "witness", "rule", "unknown"]),
    witness: z.custom<Change["before"]>().optional(),
    fingerprint: z.string(),
    usedBy: z.array(z.object({ method: z.enum(httpMethods), path: z.string(), direction })),
  }),
} as const;

/** Visibility from its two columns; groups without a name mean admins only. */
export function readVisibility(kind: string, groups: readonly string[]): Visibility {
  switch (kind) {
    case "public":
      return { kind: "public" };
    case "signed-in":
      return { kind: "signed-in" };
    default:
      return { kind: "groups", groups };
  }
}

/** The reverse of `formatObjectKey`. */
export function readObjectKey(text: string): ObjectKey {
  const [cluster = "", namespace = "", group = "", kind = "", name = ""] = text.split("/");
  return { cluster, namespace, group, kind, name };
}
