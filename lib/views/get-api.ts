import { canFollow, canOwn, canPublish, canTry, isAdmin } from "../access/index.ts";
import type { ApiDetail } from "../contract/index.ts";
import type { ObjectKey, Viewer } from "../model/index.ts";
import { equalObjectKeys } from "../model/index.ts";
import {
  countFollowers,
  findVersionRow,
  readAcquisitions,
  readAdminFacts,
  readLines,
  readEndpoints,
  readRepairs,
} from "../store/index.ts";
import type { ApiRow } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { lineOf } from "./line-of.ts";
import { seenApi } from "./seen-api.ts";
import { showApi, showCurrent, showUpcoming } from "./show-api.ts";

/** One API with how it was found, where it can be called, and what the viewer may do. */
export async function getApi(deps: ViewDeps, viewer: Viewer, id: string): Promise<ApiDetail | null> {
  const row = await seenApi(deps, viewer, id);
  if (row === null) return null;
  const { db } = deps.store;
  const [endpoints, acquisitions, lines, current, followerCount, warnings] = await Promise.all([
    readEndpoints(db, id),
    readAcquisitions(db, id),
    readLines(db, id, row.api.lines),
    findVersionRow(db, id, lineOf(row, undefined), "current"),
    countFollowers(db, id),
    readWarnings(deps, viewer, row),
  ]);
  const repairs = current === null ? [] : await readRepairs(db, current.version.documentDigest);
  const retired = row.api.retiredAt !== null;
  const callable = endpoints.some(({ reach, address }) => reach === "public" && address !== null);
  return {
    ...showApi(row),
    lines: lines.map(({ name, served, currentVersion, upcomingVersion }) => ({
      name,
      served,
      currentVersion: currentVersion === null ? null : showCurrent(currentVersion),
      upcomingVersion: upcomingVersion === null ? null : showUpcoming(upcomingVersion),
    })),
    provenance: row.api.provenance.map((step) => ({ ...step })),
    facts: row.api.facts.map((fact) => ({ ...fact })),
    endpoints: endpoints.map(({ address: _address, ...endpoint }) => ({
      ...endpoint,
      requiredHeaders: endpoint.requiredHeaders.map((header) => ({ ...header })),
      paths: endpoint.paths.map((path) => ({
        ...path,
        methods: path.methods === null ? null : [...path.methods],
        headers: path.headers.map((header) => ({ ...header })),
        except: path.except.map((own) => ({ ...own, methods: own.methods === null ? null : [...own.methods] })),
      })),
    })),
    acquisitions: acquisitions.map(
      ({ revision, outcome, failure, place, message, advice, admission, askedAt, fetchedAt }) => ({
        revision,
        outcome,
        failure,
        place,
        message,
        advice,
        admission: admission === null ? null : { ...admission, policies: [...admission.policies] },
        askedAt: askedAt.toISOString(),
        fetchedAt: fetchedAt === null ? null : fetchedAt.toISOString(),
      }),
    ),
    unstable: row.unstable,
    retiredAt: row.api.retiredAt === null ? null : row.api.retiredAt.toISOString(),
    repairs: repairs.map((repair) => ({ ...repair })),
    warnings,
    followLevel: row.followLevel,
    followerCount,
    can: {
      follow: canFollow(viewer),
      try: canTry(viewer, { retired, callable }),
      publish: canPublish(viewer, { ...row.api, retired }),
    },
  };
}

/** What discovery warns of about the API's own objects; for whoever can do something about it. */
async function readWarnings(deps: ViewDeps, viewer: Viewer, row: ApiRow): Promise<string[]> {
  if (!isAdmin(viewer) && !canOwn(viewer, row.api)) return [];
  const objects: readonly ObjectKey[] = [row.api.key, ...row.api.provenance.map(({ object }) => object)];
  const { warnings } = await readAdminFacts(deps.store.db);
  return warnings
    .filter(({ object }) => objects.some((own) => equalObjectKeys(own, object)))
    .map(({ message }) => message);
}
