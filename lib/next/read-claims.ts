import { z } from "zod";
import { GatebookError } from "../base/index.ts";
import type { WebSettings } from "../env/index.ts";
import { fetchJson, isSameIssuer } from "./discover-issuer.ts";
import type { IssuerFacts } from "./discover-issuer.ts";

/** Who signed in, as the verified ID token says. */
export type SignedIn = {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string | null;
  readonly groups: readonly string[];
};

const textMax = 255;
const groupsMax = 1_000;
const text = z.string().trim().min(1);
const claimsSchema = z.looseObject({
  iss: text,
  sub: text.max(textMax),
  name: text.optional().catch(undefined),
  preferred_username: text.optional().catch(undefined),
  email: z.email().optional().catch(undefined),
  email_verified: z.union([z.boolean(), z.string()]).optional().catch(undefined),
});
type Claims = z.infer<typeof claimsSchema>;

/**
 * Reads the claims of an ID token whose signature, audience, nonce and times were verified, and compares its issuer with the
 * configured one. Providers that keep groups or name out of the ID token are asked at their userinfo endpoint, whose subject
 * must be the same.
 */
export async function readClaims(
  settings: Pick<WebSettings, "OIDC_ISSUER" | "OIDC_GROUPS_CLAIM">,
  facts: IssuerFacts,
  given: { readonly idToken: unknown; readonly accessToken: string | undefined },
): Promise<SignedIn> {
  const idToken = claimsSchema.parse(given.idToken);
  if (!isSameIssuer(idToken.iss, settings.OIDC_ISSUER)) {
    throw new GatebookError({ code: "unauthenticated", message: `An ID token of ${idToken.iss} was refused` });
  }
  const claim = settings.OIDC_GROUPS_CLAIM;
  const complete = idToken[claim] !== undefined && idToken.name !== undefined;
  const claims = complete
    ? idToken
    : { ...(await askUserinfo(facts, idToken, given.accessToken)), ...defined(idToken) };
  const { name, preferred_username: username, email, email_verified: verified } = claims;
  return {
    issuer: idToken.iss,
    subject: idToken.sub,
    name: (name ?? username ?? email ?? idToken.sub).slice(0, textMax),
    email: verified === false || verified === "false" ? null : (email?.toLowerCase() ?? null),
    groups: readGroups(claims[claim]),
  };
}

async function askUserinfo(
  facts: IssuerFacts,
  idToken: Claims,
  accessToken: string | undefined,
): Promise<Partial<Claims>> {
  if (facts.userinfo_endpoint === undefined || accessToken === undefined) return {};
  const answer = claimsSchema.omit({ iss: true }).parse(await fetchJson(facts.userinfo_endpoint, accessToken));
  if (answer.sub !== idToken.sub) {
    throw new GatebookError({ code: "unauthenticated", message: "The userinfo endpoint answered for another subject" });
  }
  return answer;
}

function defined(claims: Claims): Partial<Claims> {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

/** A list of names, or one name; anything else is no group. */
function readGroups(value: unknown): readonly string[] {
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  const groups = names.filter(
    (name): name is string => typeof name === "string" && name !== "" && !name.includes("\0"),
  );
  return [...new Set(groups.map((group) => group.slice(0, textMax)))].slice(0, groupsMax);
}
