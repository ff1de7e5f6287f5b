import { randomBytes } from "node:crypto";
import type { AuthOptions, LoggerInstance } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { sha256Hex } from "../base/index.ts";
import { appendAudit, deleteSession, findPersonId, insertSession, readPerson, rememberPerson } from "../store/index.ts";
import type { WebDeps } from "./deps.ts";
import { wellKnownOf } from "./discover-issuer.ts";
import type { IssuerFacts } from "./discover-issuer.ts";
import { readClaims } from "./read-claims.ts";
import type { SignedIn } from "./read-claims.ts";
import { isSecure, sessionAgeMsMax, sessionCookieName, sessionIdleMs } from "./session-cookie.ts";

const providerId = "oidc";

/** A path of this portal as a whole URL; anything else leads to its root. */
export function safeCallbackUrl(url: string, publicUrl: string): string {
  const own = new URL(publicUrl).origin;
  const parsed = URL.canParse(url, own) ? new URL(url, own) : null;
  return parsed?.origin === own ? parsed.href : `${own}/`;
}

/** next-auth names an account by one text; issuer and subject are both in it, parted by what no issuer contains. */
function accountId(person: Pick<SignedIn, "issuer" | "subject">): string {
  return `${person.issuer} ${person.subject}`;
}

function readAccountId(id: string): { readonly issuer: string; readonly subject: string } {
  const at = id.indexOf(" ");
  return { issuer: id.slice(0, at), subject: id.slice(at + 1) };
}

/**
 * next-auth's options for one request: the configured provider with authorization code, PKCE, state and nonce; the person,
 * the groups and the session kept in our store. Made for each request because the verified claims pass from one of its
 * callbacks to the next through here.
 */
export function authOptions(deps: WebDeps, facts: IssuerFacts): AuthOptions {
  const { settings, store, clock } = deps;
  const secure = isSecure(settings);
  let signedIn: SignedIn | null = null;
  return {
    secret: settings.SESSION_SECRET,
    useSecureCookies: secure,
    pages: { signIn: "/signin", error: "/signin" },
    logger: quietLogger(deps),
    cookies: {
      sessionToken: {
        name: sessionCookieName(settings),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure },
      },
    },
    session: {
      strategy: "database",
      maxAge: sessionAgeMsMax / 1000,
      generateSessionToken: () => randomBytes(32).toString("base64url"),
    },
    providers: [
      {
        id: providerId,
        name: "OpenID Connect",
        type: "oauth",
        wellKnown: wellKnownOf(settings.OIDC_ISSUER),
        clientId: settings.OIDC_CLIENT_ID,
        clientSecret: settings.OIDC_CLIENT_SECRET,
        idToken: true,
        checks: ["pkce", "state", "nonce"],
        authorization: { params: { scope: scopesOf(facts, settings.OIDC_GROUPS_CLAIM) } },
        client: clientOf(facts),
        httpOptions: { timeout: 10_000 },
        profile: async (claims: unknown, tokens) => {
          signedIn = await readClaims(settings, facts, { idToken: claims, accessToken: tokens.access_token });
          const { name, email } = signedIn;
          return { id: accountId(signedIn), name, email };
        },
      },
    ],
    callbacks: {
      redirect: ({ url }) => safeCallbackUrl(url, settings.PUBLIC_URL),
      signIn: async () => {
        const person = signedIn;
        if (person === null) return false;
        await store.transaction(async (tx) => {
          const userId = await rememberPerson(tx, person);
          await appendAudit(tx, {
            actor: `person:${userId}`,
            actorName: person.name,
            act: "session.begin",
            target: `person:${userId}`,
            detail: { issuer: person.issuer, groups: [...person.groups] },
          });
        });
        return true;
      },
    },
    adapter: {
      // The person is kept by `signIn` above, with groups and the audit line in one transaction; it is found here.
      getUserByAccount: async ({ providerAccountId }) => {
        const id = await findPersonId(store.db, readAccountId(providerAccountId));
        return id === null ? null : { id, email: "", emailVerified: null };
      },
      // Whoever signs in while signed in as another becomes the other: nothing is ever linked, by session or by address.
      getSessionAndUser: () => null,
      getUserByEmail: () => null,
      getUser: () => null,
      createSession: async ({ sessionToken, userId }) => {
        const now = clock();
        await insertSession(store.db, {
          tokenHash: sha256Hex(sessionToken),
          userId,
          createdAt: now,
          expiresAt: new Date(now.getTime() + sessionIdleMs),
        });
        // The cookie lives as long as a session can; when it ends is decided by the row.
        return { sessionToken, userId, expires: new Date(now.getTime() + sessionAgeMsMax) };
      },
      deleteSession: async (sessionToken) => {
        await endSession(deps, sessionToken);
      },
    },
  };
}

/** Ends a session, where it is one, and writes down who left. */
export async function endSession(deps: Pick<WebDeps, "store">, sessionToken: string): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const userId = await deleteSession(tx, sha256Hex(sessionToken));
    if (userId === null) return;
    const person = await readPerson(tx, userId);
    await appendAudit(tx, {
      actor: `person:${userId}`,
      actorName: person?.name ?? "",
      act: "session.end",
      target: `person:${userId}`,
      detail: {},
    });
  });
}

function scopesOf(facts: IssuerFacts, groupsClaim: string): string {
  const known = facts.scopes_supported ?? [];
  return ["openid", "profile", "email", ...(known.includes(groupsClaim) ? [groupsClaim] : [])].join(" ");
}

/** What differs between providers: how the secret is sent and how the ID token is signed. */
function clientOf(facts: IssuerFacts): NonNullable<OAuthConfig<unknown>["client"]> {
  const methods = facts.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const algorithms = (facts.id_token_signing_alg_values_supported ?? ["RS256"]).filter((name) =>
    /^[REP]S|^EdDSA/.test(name),
  );
  const algorithm = algorithms.includes("RS256") ? "RS256" : (algorithms[0] ?? "RS256");
  const posts = !methods.includes("client_secret_basic") && methods.includes("client_secret_post");
  return {
    id_token_signed_response_alg: algorithm,
    token_endpoint_auth_method: posts ? "client_secret_post" : "client_secret_basic",
  };
}

/** next-auth's log in ours: names and messages, never profiles, cookies or tokens. */
function quietLogger(deps: WebDeps): Partial<LoggerInstance> {
  return {
    error: (code, metadata) => {
      const err = metadata instanceof Error ? metadata : "error" in metadata ? metadata.error : undefined;
      deps.logger.warn({ code, reason: err instanceof Error ? err.message : undefined }, "signing in failed");
    },
    warn: (code) => {
      deps.logger.debug({ code }, "a warning of next-auth");
    },
    debug: () => undefined,
  };
}
