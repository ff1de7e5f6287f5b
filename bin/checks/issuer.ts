import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { reasonOf, unavailable } from "../failure.ts";

const discovery = z.object({ issuer: z.string(), authorization_endpoint: z.url(), token_endpoint: z.url() });

async function problemOf(issuer: string): Promise<string | null> {
  const base = issuer.replace(/\/+$/, "");
  try {
    const res = await fetch(`${base}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(5000),
      headers: { accept: "application/json" },
    });
    if (!res.ok) return `it answered ${String(res.status)}`;
    const parsed = discovery.safeParse(await res.json());
    if (!parsed.success) return "its answer is not an OpenID Connect configuration";
    return parsed.data.issuer.replace(/\/+$/, "") === base ? null : `it calls itself ${parsed.data.issuer}`;
  } catch (err) {
    return reasonOf(err);
  }
}

/** Throws one clear message unless the identity provider answers its discovery document; tries `attempts` times. */
export async function requireIssuer(issuer: string, attempts = 1): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const problem = await problemOf(issuer);
    if (problem === null) return;
    if (attempt < attempts) {
      await pause(2000);
      continue;
    }
    throw unavailable(
      `The identity provider at ${issuer} cannot be used (${problem}): check OIDC_ISSUER, and that this machine reaches it.`,
    );
  }
}
