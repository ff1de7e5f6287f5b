import type { Api, Change, Description, Viewer } from "../model/index.ts";
import { appendAudit, findDraft, markDraftPublished, readDocument } from "../store/index.ts";
import type { Database, StoredDraft, VersionHead } from "../store/index.ts";
import type { ActDeps } from "./act-deps.ts";
import { auditOf } from "./audit-of.ts";
import { publishableApi } from "./publishable-api.ts";
import { notThere, refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

/** As `lib/versions` takes it. */
type Publication = {
  readonly apiId: string;
  readonly description: Description;
  readonly raw: null;
  readonly source: "published";
  readonly origin: "declared";
  readonly lifecycle: "current";
  readonly servedBy: null;
  readonly publishedById: string | null;
  readonly releaseNote: string | null;
  readonly line: string;
  readonly now: Date;
};

type Outcome =
  | {
      readonly kind: "unchanged" | "text" | "upcoming" | "current" | "rollback";
      readonly version: VersionHead;
      readonly base: VersionHead | null;
      readonly changes: readonly Change[];
    }
  | { readonly kind: "outdated" }
  | { readonly kind: "gone" };

/** Versions and notices, handed in by the host: flows do not know each other. */
export type PublishDeps<Plan> = ActDeps & {
  readonly planVersion: (db: Database, input: Publication) => Promise<Plan | null>;
  readonly commitVersion: (tx: Database, plan: Plan) => Promise<Outcome>;
  readonly tellFollowers: (
    tx: Database,
    news: { readonly outcome: Outcome; readonly api: Pick<Api, "id" | "visibility" | "owner">; readonly now: Date },
  ) => Promise<number>;
};

type PlanShape = { readonly state: { readonly current: { readonly number: number } | null } };

export type Published = { readonly kind: "done"; readonly number: number; readonly toldCount: number };

export type PublishInput = {
  readonly id: string;
  readonly draftId: string;
  /** What its publisher compared it with. */
  readonly baseNumber: number | null;
  readonly releaseNote?: string | undefined;
};

const attemptsMax = 3;

/**
 * Makes a draft the current version: document, version, changes, notices and the audit line in one transaction. Refused where
 * what is current is no longer what the publisher saw, because the changes that they agreed to would be others.
 */
export async function publishDraft<Plan extends PlanShape>(
  deps: PublishDeps<Plan>,
  viewer: Viewer,
  input: PublishInput,
): Promise<Published | Refusal> {
  const { db } = deps.store;
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const target = await publishableApi(db, viewer, input.id);
    if (target.kind === "refused") return target;
    const draft = input.draftId.includes("\0") ? null : await findDraft(db, input.id, input.draftId);
    const description = draft === null ? null : await readDocument(db, draft.documentDigest);
    if (draft === null || description === null) return notThere;
    if (draft.publishedAt !== null) return refuse("conflict", "This draft was published already.");
    const plan = await deps.planVersion(db, publicationOf(deps, viewer, input, draft, description));
    if (plan === null) return notThere;
    const current = plan.state.current?.number ?? null;
    if (current !== input.baseNumber) return refuse("conflict", movedSince(input.baseNumber, current));
    const done = await commit(deps, viewer, input, plan);
    if (done !== "again") return done;
  }
  return refuse("conflict", "The versions of this API are moving: compare again and publish then.");
}

function publicationOf(
  deps: ActDeps,
  viewer: Viewer,
  input: PublishInput,
  draft: StoredDraft,
  description: Description,
): Publication {
  const releaseNote = (input.releaseNote ?? draft.releaseNote).replaceAll("\0", "").trim();
  return {
    apiId: input.id,
    description,
    raw: null,
    source: "published",
    origin: "declared",
    lifecycle: "current",
    servedBy: null,
    publishedById: viewer.kind === "person" ? viewer.userId : null,
    releaseNote: releaseNote === "" ? null : releaseNote,
    line: draft.line,
    now: deps.clock(),
  };
}

/** A transaction that wrote something must not commit after a refusal: leaving it by this undoes all of it. */
class Undo extends Error {}

async function commit<Plan>(
  deps: PublishDeps<Plan>,
  viewer: Viewer,
  input: PublishInput,
  plan: Plan,
): Promise<Published | Refusal | "again"> {
  const now = deps.clock();
  try {
    return await deps.store.transaction<Published | Refusal | "again">(async (tx) => {
      // Once more inside: rights and ownership may have moved since.
      const target = await publishableApi(tx, viewer, input.id);
      if (target.kind === "refused") return target;
      const outcome = await deps.commitVersion(tx, plan);
      if (outcome.kind === "outdated") return "again";
      if (outcome.kind === "gone") return notThere;
      if (!(await markDraftPublished(tx, input.draftId, now))) throw new Undo();
      const toldCount = await deps.tellFollowers(tx, { outcome, api: target.row.api, now });
      const { number } = outcome.version;
      await appendAudit(
        tx,
        auditOf(viewer, {
          act: "draft.publish",
          target: `api:${input.id}`,
          detail: { draft: input.draftId, number, step: outcome.kind, told: toldCount },
        }),
      );
      return { kind: "done", number, toldCount };
    });
  } catch (err) {
    if (err instanceof Undo) return refuse("conflict", "This draft was published already.");
    throw err;
  }
}

function movedSince(seen: number | null, current: number | null): string {
  const now = current === null ? "there is no current version" : `version ${String(current)} is current`;
  return seen === null
    ? `When you compared there was no current version; now ${now}. Compare again.`
    : `You compared with version ${String(seen)}; now ${now}. Compare again.`;
}
