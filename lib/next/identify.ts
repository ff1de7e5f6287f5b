import { roleOf } from "../access/index.ts";
import { sha256Hex } from "../base/index.ts";
import { anonymous } from "../model/index.ts";
import type { Viewer } from "../model/index.ts";
import { extendSession, findSession, findToken, readPerson, touchToken } from "../store/index.ts";
import type { WebDeps } from "./deps.ts";
import { readCookie, sessionAgeMsMax, sessionCookieName, sessionIdleMs } from "./session-cookie.ts";

type Deps = Pick<WebDeps, "store" | "settings" | "clock">;

/** Who asks, and by what; a token that is not valid is not nobody. */
export type Identity =
  | { readonly kind: "viewer"; readonly viewer: Viewer; readonly by: "nothing" | "session" | "token" }
  | { readonly kind: "invalid-token" };

const tokenPattern = /^gbt_[A-Za-z0-9_-]{43}$/;
/** A session is moved on at most this often, so that reading a page is not a write. */
const extendAfterMs = 10 * 60 * 1000;

type IdentifyOptions = {
  /** False where the person does nothing, such as an open stream: the session then ends as if nobody were there. */
  readonly keepsAlive: boolean;
};

/** Reads who sends these headers. A token beats the session, since whoever sends one means it. */
export async function identify(
  deps: Deps,
  headers: Headers,
  options: IdentifyOptions = { keepsAlive: true },
): Promise<Identity> {
  const authorization = headers.get("authorization");
  if (authorization !== null) return identifyToken(deps, authorization);
  const cookie = readCookie(headers.get("cookie"), sessionCookieName(deps.settings));
  const viewer = cookie === null ? null : await findSessionViewer(deps, cookie, options);
  return viewer === null
    ? { kind: "viewer", viewer: anonymous, by: "nothing" }
    : { kind: "viewer", viewer, by: "session" };
}

/** The person behind a session's token, or null where the session is over; moves its end while it is in use. */
async function findSessionViewer(deps: Deps, sessionToken: string, options: IdentifyOptions): Promise<Viewer | null> {
  const { db } = deps.store;
  const now = deps.clock();
  const session = await findSession(db, sha256Hex(sessionToken), now);
  if (session === null) return null;
  const latest = session.createdAt.getTime() + sessionAgeMsMax;
  const next = new Date(Math.min(now.getTime() + sessionIdleMs, latest));
  if (options.keepsAlive && next.getTime() - session.expiresAt.getTime() > extendAfterMs)
    await extendSession(db, session.tokenHash, next);
  return findPersonViewer(deps, session.userId, "session");
}

/** A person as of now: groups from the last sign-in, role from the groups. */
async function findPersonViewer(deps: Deps, userId: string, via: "session" | "token"): Promise<Viewer | null> {
  const person = await readPerson(deps.store.db, userId);
  if (person === null) return null;
  const { name, email, groups, ownsSomething } = person;
  const role = roleOf({ groups, adminGroups: deps.settings.GATEBOOK_ADMIN_GROUPS, ownsSomething });
  return { kind: "person", userId, name, email, role, groups, via };
}

async function identifyToken(deps: Deps, authorization: string): Promise<Identity> {
  const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (secret === undefined || !tokenPattern.test(secret)) return { kind: "invalid-token" };
  const { db } = deps.store;
  const now = deps.clock();
  const token = await findToken(db, sha256Hex(secret), now);
  if (token === null) return { kind: "invalid-token" };
  const viewer: Viewer | null =
    token.userId === null
      ? { kind: "machine", tokenId: token.id, name: token.name, role: token.role, groups: token.groups }
      : await findPersonViewer(deps, token.userId, "token");
  if (viewer === null) return { kind: "invalid-token" };
  await touchToken(db, token.id, now);
  return { kind: "viewer", viewer, by: "token" };
}
