import { canSee, roleOf } from "../access/index.ts";
import { countChanges, verdictOf } from "../model/index.ts";
import type { Api, Change, FollowLevel, NoticeKind, Verdict } from "../model/index.ts";
import { enqueueMails, insertNotice, listFollowers } from "../store/index.ts";
import type { Database, Follower } from "../store/index.ts";
import { composeNotice } from "./compose-notice.ts";

/** As much of a version as a notice is about. */
type Version = {
  readonly id: string;
  readonly line: string;
  readonly number: number;
  readonly label: string;
  readonly currentSince: Date | null;
};

/** What became of a description, as `lib/versions` says it; kinds that tell nobody are accepted and passed over. */
export type Told =
  | {
      readonly kind: "unchanged" | "text" | NoticeKind;
      readonly version: Version;
      readonly base: Version | null;
      readonly changes: readonly Change[];
    }
  | { readonly kind: "outdated" | "gone" };

/** Writes the notice of one move and its recipients; returns how many are told. */
export type TellFollowers = (
  tx: Database,
  news: { readonly outcome: Told; readonly api: Pick<Api, "id" | "visibility" | "owner">; readonly now: Date },
) => Promise<number>;

function admits(level: FollowLevel, verdict: Verdict): boolean {
  switch (level) {
    case "all":
      return verdict !== "none";
    case "breaking-and-risky":
      return verdict === "breaking" || verdict === "risky";
    case "none":
      return false;
  }
}

/** Whether a person with these groups sees the API now: what they could see when they began to follow does not count. */
export function mayStillSee(
  person: Pick<Follower, "groups"> & { readonly userId: string },
  api: Pick<Api, "visibility" | "owner">,
  adminGroups: readonly string[],
): boolean {
  const role = roleOf({ groups: person.groups, adminGroups, ownsSomething: false });
  const viewer = { kind: "person", name: "", email: null, via: "session", ...person, role } as const;
  return canSee(viewer, api);
}

/** Makes the one way to tell followers; `mail` says whether there is an SMTP server to send by. */
export function createTeller(options: {
  readonly adminGroups: readonly string[];
  readonly mail: boolean;
}): TellFollowers {
  return async (tx, { outcome, api, now }) => {
    switch (outcome.kind) {
      case "outdated":
      case "gone":
      case "unchanged":
      case "text":
        return 0;
      case "upcoming":
      case "current":
      case "rollback":
        break;
    }
    const { kind, version, base, changes } = outcome;
    const counts = countChanges(changes);
    const verdict = verdictOf(counts);
    if (base === null || verdict === "none") return 0;
    const recipients = (await listFollowers(tx, api.id)).filter(
      (follower) => admits(follower.level, verdict) && mayStillSee(follower, api, options.adminGroups),
    );
    if (recipients.length === 0) return 0;
    const userIds = recipients.map(({ userId }) => userId);
    const noticeId = await insertNotice(
      tx,
      {
        apiId: api.id,
        versionId: version.id,
        kind,
        verdict,
        counts,
        ...composeNotice(kind, version, base, changes),
        // The same two versions may follow each other again later; when the base came tells the moments apart.
        dedupeKey: [kind, version.id, base.id, base.currentSince?.getTime() ?? 0].join("/"),
        now,
      },
      userIds,
    );
    if (noticeId === null) return 0;
    if (options.mail) {
      const reachable = recipients.filter(({ email }) => email !== null).map(({ userId }) => userId);
      await enqueueMails(tx, noticeId, reachable);
    }
    return userIds.length;
  };
}
