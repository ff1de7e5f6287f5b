import { createHash } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readOrMakeSecrets } from "../kept-secrets.ts";
import type { KeptSecrets } from "../kept-secrets.ts";
import { startEmbeddedOidc } from "./index.ts";
import type { EmbeddedOidc } from "./index.ts";

const publicUrl = "http://localhost:3999";
const redirectUri = `${publicUrl}/api/auth/callback/oidc`;
const verifier = "a-verifier-that-is-long-enough-for-the-rules-of-pkce";
let folder: string;
let secrets: KeptSecrets;
let oidc: EmbeddedOidc;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gatebook-oidc-"));
  secrets = await readOrMakeSecrets(join(folder, "secrets.json"));
  oidc = await startEmbeddedOidc({ port: 0, publicUrl, secrets });
});

afterAll(async () => {
  await oidc.stop();
  await rm(folder, { recursive: true });
});

/** A browser without a window: keeps cookies, follows redirects of the provider alone. */
function createBrowser() {
  const cookies = new Map<string, string>();
  return async (url: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const res = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of res.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return res;
  };
}

function locationOf(res: Response): string {
  const location = res.headers.get("location");
  if (location === null) throw new Error(`no redirect but ${String(res.status)}`);
  return new URL(location, oidc.issuer).toString();
}

function authorizationUrl(overrides: Record<string, string> = {}): string {
  const url = new URL("/auth", oidc.issuer);
  const parameters = {
    client_id: oidc.clientId,
    response_type: "code",
    scope: "openid profile email groups",
    redirect_uri: redirectUri,
    state: "a-state",
    nonce: "a-nonce",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...overrides,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.toString();
}

async function signInAs(browse: ReturnType<typeof createBrowser>, person: string): Promise<URL> {
  const choosing = locationOf(await browse(authorizationUrl()));
  const page = await (await browse(choosing)).text();
  expect(page).toContain("Carla Consumer");
  const chosen = await browse(choosing, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `person=${person}`,
  });
  return new URL(locationOf(await browse(locationOf(chosen))));
}

async function claimsOf(code: string): Promise<unknown> {
  const res = await fetch(`${oidc.issuer}/token`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      client_id: oidc.clientId,
      client_secret: secrets.oidcClientSecret,
    }),
  });
  const body: unknown = await res.json();
  const token: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "id_token") : undefined;
  if (typeof token !== "string") throw new Error(`no ID token: ${JSON.stringify(body)}`);
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

test("puts the chosen person's name and groups into the ID token", async () => {
  const back = await signInAs(createBrowser(), "otto");
  expect(back.origin + back.pathname).toBe(redirectUri);
  expect(back.searchParams.get("state")).toBe("a-state");
  expect(await claimsOf(back.searchParams.get("code") ?? "")).toMatchObject({
    iss: oidc.issuer,
    sub: "otto",
    aud: "gatebook",
    nonce: "a-nonce",
    name: "Otto Owner",
    groups: ["fraud", "search"],
  });
});

test("asks for the person again at the next sign-in of the same browser", async () => {
  const browse = createBrowser();
  await signInAs(browse, "carla");
  const back = await signInAs(browse, "ada");
  expect(await claimsOf(back.searchParams.get("code") ?? "")).toMatchObject({ sub: "ada", groups: ["platform"] });
});

test("sends nobody to an address that is not the portal's", async () => {
  const res = await createBrowser()(authorizationUrl({ redirect_uri: "http://elsewhere.example/callback" }));
  expect(res.status).toBe(400);
  expect(res.headers.get("location")).toBeNull();
});

test("shows the choice again for a person that does not exist", async () => {
  const browse = createBrowser();
  const choosing = locationOf(await browse(authorizationUrl()));
  const res = await browse(choosing, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "person=root",
  });
  expect(res.status).toBe(200);
});

test("keeps its secrets between runs, for their owner's eyes only", async () => {
  const path = join(folder, "secrets.json");
  expect(await readOrMakeSecrets(path)).toEqual(secrets);
  expect((await stat(path)).mode & 0o077).toBe(0);
});
