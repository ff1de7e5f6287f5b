import { randomBytes } from "node:crypto";
import { formatObjectKey } from "../model/index.ts";
import type { DiscoveredApi, DiscoveredEndpoint, ObjectKey } from "../model/index.ts";
import type { Database } from "./database.ts";
import { publishEvents } from "./events.ts";
import { refreshShownTexts } from "./shown-texts.ts";
import { upsertRows } from "./upsert-rows.ts";
import { refreshCurrent } from "./version-writes.ts";
import { storableText, storableTextOrNull, toJson } from "./to-json.ts";

/** What the controller remembers of an API between two looks. */
export type KnownApi = {
  readonly id: string;
  readonly key: ObjectKey;
  readonly observedDigest: string;
  readonly isRetired: boolean;
  /** What it is made of, and the places that it had before, as `formatObjectKey` writes them. */
  readonly members: readonly string[];
  readonly aliases: readonly string[];
};

/** One API as it is to be written; `digest` is of everything that discovery says of it. */
export type ObservedApi = {
  readonly api: DiscoveredApi;
  readonly digest: string;
  /** The API that it is, known under another key until now; null where it is new, or known by its own. */
  readonly adopts: KnownApi | null;
};

/** Every API of a cluster that was ever seen, the retired ones too. */
export async function listKnownApis(db: Database, cluster: string): Promise<readonly KnownApi[]> {
  const rows = await db.api.findMany({
    where: { cluster },
    select: {
      id: true,
      namespace: true,
      group: true,
      kind: true,
      name: true,
      observedDigest: true,
      retiredAt: true,
      members: true,
      aliases: { select: { cluster: true, namespace: true, group: true, kind: true, name: true } },
    },
  });
  return rows.map(({ id, namespace, group, kind, name, observedDigest, retiredAt, members, aliases }) => ({
    id,
    key: { cluster, namespace, group, kind, name },
    observedDigest,
    isRetired: retiredAt !== null,
    members,
    aliases: aliases.map(formatObjectKey),
  }));
}

/** The API of another key takes this one; the place that it had leads to it from now on. */
async function renameApi(tx: Database, { id, key: before }: KnownApi, key: ObjectKey, now: Date): Promise<void> {
  const { cluster, namespace, group, kind, name } = key;
  await tx.apiAlias.deleteMany({ where: { cluster, namespace, group, kind, name } });
  await tx.api.update({ where: { id }, data: { namespace, group, kind, name }, select: { id: true } });
  await tx.apiAlias.upsert({
    where: { cluster_namespace_group_kind_name: before },
    create: { ...before, apiId: id, since: now },
    update: { apiId: id, since: now },
  });
}

function columnsOf({ api, digest }: ObservedApi, now: Date) {
  return {
    declaredTitle: storableTextOrNull(api.title),
    protocol: api.protocol,
    server: api.server === "unknown-http" ? null : api.server,
    modelName: storableTextOrNull(api.modelName),
    owner: storableTextOrNull(api.owner),
    visibility: api.visibility.kind,
    visibilityGroups: api.visibility.kind === "groups" ? api.visibility.groups.map(storableText) : [],
    tags: api.tags.map(storableText),
    state: api.state,
    stateReason: storableTextOrNull(api.stateReason),
    internalUrl: api.internalUrl,
    publicUrls: [...new Set(api.endpoints.filter(({ reach }) => reach === "public").map(({ url }) => url))],
    revisions: toJson(api.revisions),
    provenance: toJson(api.provenance),
    facts: toJson(api.facts),
    task: storableTextOrNull(api.task),
    framework: storableTextOrNull(api.framework),
    lines: api.lines.map(({ name }) => name),
    members: api.members.map(formatObjectKey),
    confirmedByCluster: api.confirmedByCluster,
    confirmedAt: now,
    observedDigest: digest,
    retiredAt: null,
  };
}

function endpointColumns(endpoint: DiscoveredEndpoint) {
  const { url, via, reach, line, paths, requiredHeaders, address, problem } = endpoint;
  return {
    url,
    via: formatObjectKey(via),
    reach,
    detail: toJson({ via, line, paths, requiredHeaders }),
    address: address === null ? null : toJson(address),
    problem,
    removedAt: null,
  };
}

/** A UUID of version 7, as Prisma makes them: what is made together lies together in the index. */
function makeId(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

async function saveApis(tx: Database, observed: readonly ObservedApi[], now: Date): Promise<void> {
  const rows = observed.map((one) => {
    const { cluster, namespace, group, kind, name } = one.api.key;
    const key = { cluster, namespace, group, kind, name };
    return { id: makeId(), ...key, title: storableText(one.api.title ?? name), ...columnsOf(one, now) };
  });
  const [first] = observed;
  await upsertRows(tx, "api", rows, {
    unique: ["cluster", "namespace", "group", "kind", "name"],
    updated: first === undefined ? [] : Object.keys(columnsOf(first, now)),
  });
}

/** An endpoint keeps its id for as long as the API lives: (url, via) comes back as what it was. */
async function saveEndpoints(
  tx: Database,
  observed: readonly ObservedApi[],
  ids: ReadonlyMap<string, string>,
  now: Date,
): Promise<void> {
  const rows = new Map<string, { readonly apiId: string; readonly url: string; readonly via: string }>();
  for (const { api } of observed) {
    const apiId = ids.get(formatObjectKey(api.key));
    if (apiId === undefined) continue;
    for (const endpoint of api.endpoints) {
      const row = { id: makeId(), apiId, ...endpointColumns(endpoint) };
      rows.set(`${apiId} ${row.url} ${row.via}`, row);
    }
  }
  const wanted = [...rows.values()];
  await upsertRows(tx, "endpoint", wanted, {
    unique: ["apiId", "url", "via"],
    updated: ["reach", "detail", "address", "problem", "removedAt"],
  });
  await tx.$executeRaw`
    UPDATE endpoint SET "removedAt" = ${now}
    WHERE "apiId" = ANY(${[...ids.values()]}::text[]) AND "removedAt" IS NULL AND ("apiId", url, via) NOT IN (
      SELECT * FROM unnest(
        ${wanted.map(({ apiId }) => apiId)}::text[], ${wanted.map(({ url }) => url)}::text[],
        ${wanted.map(({ via }) => via)}::text[]))`;
}

/** The ids of those of these APIs that are stored, by `formatObjectKey`; each row is locked until the transaction ends. */
async function readIds(tx: Database, keys: readonly ObjectKey[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; place: string }[]>`
    SELECT id, concat_ws('/', cluster, namespace, "group", kind, name) AS place FROM api
    WHERE (cluster, namespace, "group", kind, name) IN (
      SELECT * FROM unnest(
        ${keys.map((key) => key.cluster)}::text[], ${keys.map((key) => key.namespace)}::text[],
        ${keys.map((key) => key.group)}::text[], ${keys.map((key) => key.kind)}::text[],
        ${keys.map((key) => key.name)}::text[]))
    ORDER BY id FOR UPDATE`;
  return new Map(rows.map((row) => [row.place, row.id]));
}

/**
 * Writes what discovery says of these APIs and tells listeners; returns the id of each, in their order. An API keeps its id
 * for ever: one that was retired and is seen again is the same, and so is one that `adopts` another. To be called in a transaction, with those that changed only.
 */
export async function saveObservedApis(
  tx: Database,
  observed: readonly ObservedApi[],
  now: Date,
): Promise<readonly string[]> {
  for (const { api, adopts } of observed) if (adopts !== null) await renameApi(tx, adopts, api.key, now);
  const keys = observed.map(({ api }) => api.key);
  // Those that are there are locked in one order, whoever writes.
  await readIds(tx, keys);
  await saveApis(tx, observed, now);
  const ids = await readIds(tx, keys);
  await saveEndpoints(tx, observed, ids, now);
  const changed = [...ids.values()];
  await refreshCurrent(tx, changed);
  await refreshShownTexts(tx, changed);
  await publishEvents(
    tx,
    changed.map((apiId) => ({ type: "api", apiId })),
  );
  return keys.map((key) => ids.get(formatObjectKey(key)) ?? "");
}

/**
 * Says that these APIs are gone from the cluster; their records, versions and followers stay. One that became a part of another
 * (`partOf`) says so, and whoever follows it follows that one too.
 */
export async function retireApis(
  tx: Database,
  gone: readonly { readonly id: string; readonly partOf: { readonly id: string; readonly key: ObjectKey } | null }[],
  now: Date,
): Promise<void> {
  if (gone.length === 0) return;
  const ids = gone.map(({ id }) => id);
  await tx.api.updateMany({
    where: { id: { in: [...ids] }, retiredAt: null },
    data: {
      retiredAt: now,
      state: "unknown",
      stateReason: "Its objects are gone from the cluster.",
      observedDigest: "",
    },
  });
  for (const { id, partOf } of gone) {
    if (partOf === null) continue;
    const { kind, namespace, name } = partOf.key;
    const stateReason = `It is a part of ${kind} ${namespace}/${name} now.`;
    await tx.api.update({ where: { id }, data: { stateReason }, select: { id: true } });
    await tx.$executeRaw`
      INSERT INTO follow ("userId", "apiId", level, "createdAt")
      SELECT "userId", ${partOf.id}, level, ${now} FROM follow WHERE "apiId" = ${id}
      ON CONFLICT DO NOTHING`;
  }
  await tx.endpoint.updateMany({ where: { apiId: { in: [...ids] }, removedAt: null }, data: { removedAt: now } });
  await publishEvents(
    tx,
    ids.map((apiId) => ({ type: "api", apiId })),
  );
}

/** Says that these APIs were seen now; no listener is told, since nothing else moved. */
export async function confirmApis(db: Database, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await db.$executeRaw`UPDATE api SET "confirmedAt" = ${now} WHERE id = ANY(${[...ids]}::text[])`;
}
