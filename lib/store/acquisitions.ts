import type { AcquisitionOutcome, AcquisitionRecord, DescriptionOrigin } from "../model/index.ts";
import type { Database } from "./database.ts";
import { publishEvents } from "./events.ts";
import { stored } from "./stored-shapes.ts";
import { storableText, storableTextOrNull, toJson } from "./to-json.ts";
import { upsertRows } from "./upsert-rows.ts";

/** What is remembered of a revision, with what it served. */
export type KeptAcquisition = AcquisitionRecord & {
  readonly apiId: string;
  /** The document had from it last and that document's contract; null before the first. */
  readonly documentDigest: string | null;
  readonly contractDigest: string | null;
  /** The contracts had under this probe key, in the order in which they were first seen. */
  readonly contractDigests: readonly string[];
  readonly unstable: boolean;
  readonly fetchedAt: Date | null;
};

/** What is remembered of every revision of a cluster's APIs, or of one API's. */
export async function listAcquisitions(
  db: Database,
  of: { readonly cluster: string } | { readonly apiId: string },
): Promise<readonly KeptAcquisition[]> {
  const rows = await db.acquisition.findMany({
    where: "apiId" in of ? { apiId: of.apiId } : { api: { cluster: of.cluster } },
  });
  const digests = [...new Set(rows.flatMap(({ documentDigest }) => documentDigest ?? []))];
  const documents = await db.document.findMany({
    where: { digest: { in: digests } },
    select: { digest: true, contractDigest: true },
  });
  const contracts = new Map(documents.map(({ digest, contractDigest }) => [digest, contractDigest]));
  return rows.map((row) => ({
    ...row,
    outcome: stored.acquisitionOutcome.parse(row.outcome),
    failure: stored.acquisitionFailure.parse(row.failure),
    origin: stored.acquisitionOrigin.parse(row.origin),
    admission: stored.admission.parse(row.admission),
    contractDigest: row.documentDigest === null ? null : (contracts.get(row.documentDigest) ?? null),
  }));
}

/** What came of asking one revision. */
export type AcquisitionResult = {
  readonly apiId: string;
  readonly revision: string;
  readonly probeKey: string;
  readonly askedAt: Date;
  readonly requests: number;
  readonly failures: number;
  readonly prefixes: readonly string[];
  readonly outcome:
    Exclude<AcquisitionOutcome, { kind: "fetched" }> | { readonly kind: "fetched"; readonly place: string };
  readonly etag: string | null;
  /** Where the description that is kept comes from; null where none is. */
  readonly origin: DescriptionOrigin | null;
  /** What is kept of its description from now on; equal to what was kept where nothing new came. */
  readonly documentDigest: string | null;
  readonly contractDigests: readonly string[];
  readonly unstable: boolean;
  readonly fetchedAt: Date | null;
};

const holdMessages = {
  "scaled-to-zero": "The model is scaled to zero: asking would wake it. Its last known description stays.",
  stopped: "The model is stopped. Its last known description stays.",
  "not-ready": "The revision is not ready yet; it is asked when it is.",
  ignored: "Its owner asked the portal not to ask it.",
} as const;

function outcomeColumns(outcome: AcquisitionResult["outcome"]) {
  const none = { failure: null, place: null, message: null, advice: null, admission: null };
  switch (outcome.kind) {
    case "fetched":
    case "unchanged":
      return { ...none, outcome: "fetched", place: outcome.place };
    case "failed":
      return {
        outcome: "failed",
        failure: outcome.failure,
        place: storableText(outcome.place),
        message: storableText(outcome.message),
        advice: storableText(outcome.advice),
        admission: outcome.admission === null ? null : toJson(outcome.admission),
      };
    case "held":
      return { ...none, outcome: "held", message: holdMessages[outcome.reason] };
    case "none":
      return { ...none, outcome: "none", message: outcome.message, advice: outcome.advice };
  }
}

/**
 * Remembers what came of asking these revisions, each named once, and says on their APIs whether what they serve is unstable.
 * Returns the ids of the APIs that were written: of those that are retired or gone by now nothing is.
 */
export async function saveAcquisitions(
  tx: Database,
  results: readonly AcquisitionResult[],
): Promise<ReadonlySet<string>> {
  const apiIds = [...new Set(results.map(({ apiId }) => apiId))];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM api WHERE id = ANY(${apiIds}::text[]) AND "retiredAt" IS NULL ORDER BY id FOR NO KEY UPDATE`;
  const live = new Set(rows.map(({ id }) => id));
  const wanted = results.filter(({ apiId }) => live.has(apiId));
  if (wanted.length === 0) return live;
  const made = wanted.map(columnsOf);
  const unique = ["apiId", "revision"];
  const updated = Object.keys(made[0] ?? {}).filter((column) => !unique.includes(column));
  await upsertRows(tx, "acquisition", made, { unique, updated });
  await tx.$executeRaw`
    UPDATE api SET unstable = NOT unstable
    WHERE id = ANY(${[...live]}::text[]) AND unstable IS DISTINCT FROM
      EXISTS (SELECT FROM acquisition WHERE acquisition."apiId" = api.id AND acquisition.unstable)`;
  await publishEvents(
    tx,
    [...live].map((apiId) => ({ type: "api", apiId })),
  );
  return live;
}

function columnsOf(result: AcquisitionResult) {
  return {
    apiId: result.apiId,
    revision: result.revision,
    probeKey: result.probeKey,
    askedAt: result.askedAt,
    requests: result.requests,
    failures: result.failures,
    prefixes: [...result.prefixes],
    etag: storableTextOrNull(result.etag),
    origin: result.origin,
    documentDigest: result.documentDigest,
    contractDigests: [...result.contractDigests],
    unstable: result.unstable,
    fetchedAt: result.fetchedAt,
    ...outcomeColumns(result.outcome),
  };
}

/** What was had from a revision under one name is what the other one has from now on. */
export async function moveAcquisition(tx: Database, apiId: string, from: string, to: string): Promise<void> {
  await tx.acquisition.deleteMany({ where: { apiId, revision: to } });
  await tx.acquisition.updateMany({ where: { apiId, revision: from }, data: { revision: to } });
}

/** Forgets the revisions of an API that are gone; `revisions` are those that are there. */
export async function forgetAcquisitions(tx: Database, apiId: string, revisions: readonly string[]): Promise<void> {
  const { count } = await tx.acquisition.deleteMany({ where: { apiId, revision: { notIn: [...revisions] } } });
  if (count === 0) return;
  const unstable = (await tx.acquisition.count({ where: { apiId, unstable: true } })) > 0;
  await tx.api.updateMany({ where: { id: apiId, unstable: !unstable }, data: { unstable } });
}
