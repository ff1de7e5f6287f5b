import { randomBytes } from "node:crypto";
import { sha256Hex } from "../../lib/base/index.ts";
import type { Role } from "../../lib/model/index.ts";
import { insertSession, insertToken, rememberPerson } from "../../lib/store/index.ts";
import type { Portal } from "./portal.ts";

/** Somebody who calls the portal over HTTP. */
export type Caller = {
  readonly name: string;
  /** Null for machines and for nobody. */
  readonly userId: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly send: (method: string, path: string, init?: SendInit) => Promise<Response>;
};

type SendInit = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };

const hourMs = 60 * 60 * 1000;

function caller(
  portal: Portal,
  name: string,
  userId: string | null,
  headers: Readonly<Record<string, string>>,
): Caller {
  return {
    name,
    userId,
    headers,
    send: (method, path, init = {}) =>
      fetch(`${portal.url}${path}`, {
        method,
        redirect: "manual",
        headers: {
          ...headers,
          ...(method === "GET" ? {} : { origin: portal.url }),
          ...(init.body === undefined ? {} : { "content-type": "application/json" }),
          ...init.headers,
        },
        ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
      }),
  };
}

/** Somebody who is not signed in. */
export function anybody(portal: Portal): Caller {
  return caller(portal, "anonymous", null, {});
}

/** A person with a session, as after signing in. */
export async function signedIn(portal: Portal, name: string, groups: readonly string[]): Promise<Caller> {
  const { store, clock } = portal.deps;
  const token = randomBytes(32).toString("base64url");
  const userId = await store.transaction((tx) =>
    rememberPerson(tx, { issuer: "https://issuer.example", subject: name, name, email: null, groups }),
  );
  await insertSession(store.db, {
    tokenHash: sha256Hex(token),
    userId,
    createdAt: clock(),
    expiresAt: new Date(clock().getTime() + 8 * hourMs),
  });
  return caller(portal, name, userId, { cookie: `gatebook-session=${token}` });
}

/** A program with a token: a person's own, or a machine's. */
export async function withToken(
  portal: Portal,
  name: string,
  holder: { readonly userId: string } | { readonly role: Role; readonly groups: readonly string[] },
): Promise<Caller> {
  const secret = `gbt_${randomBytes(32).toString("base64url")}`;
  await insertToken(portal.deps.store.db, {
    name,
    hint: secret.slice(0, 10),
    tokenHash: sha256Hex(secret),
    userId: "userId" in holder ? holder.userId : null,
    role: "role" in holder ? holder.role : "consumer",
    groups: "groups" in holder ? holder.groups : [],
    expiresAt: new Date(portal.clock.now + hourMs),
  });
  const userId = "userId" in holder ? holder.userId : null;
  return caller(portal, name, userId, { authorization: `Bearer ${secret}` });
}
