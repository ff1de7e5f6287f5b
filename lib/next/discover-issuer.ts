import { z } from "zod";
import { GatebookError } from "../base/index.ts";
import type { WebSettings } from "../env/index.ts";

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  userinfo_endpoint: z.url().optional(),
  scopes_supported: z.array(z.string()).optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).optional(),
});

/** What the identity provider says of itself, as far as signing in looks at it. */
export type IssuerFacts = z.infer<typeof discoverySchema>;

const keptMs = 10 * 60 * 1000;
const timeoutMs = 5_000;
const kept = new Map<string, { readonly facts: IssuerFacts; readonly until: number }>();

/** The address of the discovery document. */
export function wellKnownOf(issuer: string): string {
  return `${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`;
}

/** Whether both name one issuer; a slash at the end makes none other. */
export function isSameIssuer(left: string, right: string): boolean {
  return left.replace(/\/+$/, "") === right.replace(/\/+$/, "");
}

/**
 * Asks the identity provider, at most every ten minutes. Throws "unavailable" where it does not answer, and "configuration"
 * where it calls itself something other than OIDC_ISSUER.
 */
export async function discoverIssuer(settings: Pick<WebSettings, "OIDC_ISSUER">, now: Date): Promise<IssuerFacts> {
  const issuer = settings.OIDC_ISSUER;
  const known = kept.get(issuer);
  if (known !== undefined && known.until > now.getTime()) return known.facts;
  const facts = discoverySchema.parse(await fetchJson(wellKnownOf(issuer)));
  if (!isSameIssuer(facts.issuer, issuer)) {
    throw new GatebookError({
      code: "configuration",
      message: `OIDC_ISSUER is ${issuer}, but the provider there calls itself ${facts.issuer}: set one of them right.`,
    });
  }
  kept.set(issuer, { facts, until: now.getTime() + keptMs });
  return facts;
}

/** GETs JSON of the identity provider; the token, where one is given, goes into the header. */
export async function fetchJson(url: string, accessToken?: string): Promise<unknown> {
  try {
    const response = await fetch(url, {
      headers: {
        accept: "application/json",
        ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
      },
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`status ${String(response.status)}`);
    return await response.json();
  } catch (cause) {
    throw new GatebookError({
      code: "unavailable",
      message: `The identity provider did not answer ${new URL(url).pathname} (${cause instanceof Error ? cause.message : "unknown"})`,
      userMessage: "The identity provider could not be reached. Try again in a moment.",
      cause,
      retry: true,
    });
  }
}
