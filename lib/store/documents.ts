import { gunzip, gzip } from "node:zlib";
import { promisify } from "node:util";
import { z } from "zod";
import { descriptionFormats, httpMethods } from "../model/index.ts";
import type { Description, JsonObject } from "../model/index.ts";
import type { Database } from "./database.ts";
import { stored } from "./stored-shapes.ts";
import { storableText, storableTextOrNull, toJson } from "./to-json.ts";

const compress = promisify(gzip);
const decompress = promisify(gunzip);

const formatSchema = z.enum(descriptionFormats);
const operationsSchema = z.array(
  z.object({
    id: z.string(),
    method: z.enum(httpMethods),
    path: z.string(),
    operationId: z.string().nullable(),
    summary: z.string(),
    tags: z.array(z.string()),
    deprecated: z.boolean(),
  }),
);

/** Written by us from a `JsonObject`; only that it is an object is looked at again. */
const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Keeps a description once, by the digest of its whole document, however many APIs serve it; the first bytes that it came in
 * are kept beside it. Compressing is done outside of the transaction by calling this before one is opened, or is short.
 */
export async function saveDocument(db: Database, description: Description, raw: Uint8Array): Promise<void> {
  const known = await db.document.findUnique({
    where: { digest: description.documentDigest },
    select: { pipelineVersion: true },
  });
  if (known !== null && known.pipelineVersion >= description.pipelineVersion) return;
  const { documentDigest, contractDigest, format, title, label, summary, pipelineVersion } = description;
  const made = {
    contractDigest,
    format,
    title: storableText(title),
    label: storableTextOrNull(label),
    summary: storableText(summary),
    pipelineVersion,
    canonical: Uint8Array.from(await compress(JSON.stringify(description.document))),
    operations: toJson(description.operations),
    repairs: toJson(description.repairs),
  };
  if (known === null) {
    await db.document.createMany({
      data: [{ digest: documentDigest, raw: Uint8Array.from(raw), ...made }],
      skipDuplicates: true,
    });
  } else {
    await db.document.update({ where: { digest: documentDigest }, data: made });
  }
}

/** A kept description by the digest of its whole document; null where none is kept. */
export async function readDocument(db: Database, digest: string): Promise<Description | null> {
  const row = await db.document.findUnique({ where: { digest }, omit: { raw: true } });
  if (row === null) return null;
  const document: unknown = JSON.parse((await decompress(row.canonical)).toString("utf8"));
  return {
    format: formatSchema.parse(row.format),
    document: isObject(document) ? document : {},
    title: row.title,
    label: row.label,
    summary: row.summary,
    documentDigest: row.digest,
    contractDigest: row.contractDigest,
    operations: operationsSchema.parse(row.operations),
    repairs: stored.repairs.parse(row.repairs),
    pipelineVersion: row.pipelineVersion,
  };
}
