import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { readOrMakeSecrets } from "../../../bin/embedded/kept-secrets.ts";
import { startEmbeddedOidc } from "../../../bin/embedded/oidc/index.ts";
import type { EmbeddedOidc } from "../../../bin/embedded/oidc/index.ts";
import { sha256Hex } from "../../../lib/base/index.ts";
import { startPortal } from "../portal.ts";
import type { Portal } from "../portal.ts";
import { createTestDatabase } from "../postgres.ts";
import type { TestDatabase } from "../postgres.ts";

let database: TestDatabase;
let portal: Portal;
let oidc: EmbeddedOidc;
let folder: string;
const hourMs = 60 * 60 * 1000;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "gatebook-sign-in-"));
  const secrets = await readOrMakeSecrets(path.join(folder, "secrets.json"));
  const settings: Record<string, string> = { OIDC_CLIENT_SECRET: secrets.oidcClientSecret };
  portal = await startPortal({
    database,
    settings: new Proxy(settings, { get: (given, name) => given[String(name)] }),
  });
  oidc = await startEmbeddedOidc({ port: 0, publicUrl: portal.url, secrets });
  Object.assign(portal.deps.settings, { OIDC_ISSUER: oidc.issuer });
});

afterAll(async () => {
  await portal.stop();
  await oidc.stop();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** A browser without a window: keeps cookies by host, follows nothing by itself. */
function openBrowser() {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string): Map<string, string> => {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  const go = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const jar = jarOf(url);
    const headers = new Headers(init.headers);
    headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const answer = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      if (/max-age=0/i.test(line)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  };
  const post = async (url: string, fields: Readonly<Record<string, string>>, origin = portal.url): Promise<Response> =>
    go(url, {
      method: "POST",
      headers: { origin, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields),
    });
  const csrfToken = async (): Promise<string> =>
    z.object({ csrfToken: z.string() }).parse(await (await go(`${portal.url}/api/auth/csrf`)).json()).csrfToken;
  /** Walks to the provider, is somebody there, and gives the address that the provider sends back to. */
  const identify = async (person: string, callbackUrl = "/"): Promise<string> => {
    const token = await csrfToken();
    const begun = await post(`${portal.url}/api/auth/signin/oidc`, { csrfToken: token, callbackUrl });
    const choosing = locationOf(await go(locationOf(begun)), oidc.issuer);
    await go(choosing);
    return locationOf(await go(locationOf(await post(choosing, { person }, oidc.issuer), oidc.issuer)));
  };
  const signIn = async (person: string, callbackUrl?: string): Promise<Response> =>
    go(await identify(person, callbackUrl));
  return { go, post, identify, signIn, csrfToken, cookies: () => jarOf(portal.url) };
}

function locationOf(answer: Response, base?: string): string {
  const location = answer.headers.get("location");
  if (location === null) throw new Error(`No redirect but ${String(answer.status)}.`);
  return new URL(location, base).href;
}

const sessionOf = (browser: ReturnType<typeof openBrowser>): string | undefined =>
  browser.cookies().get("gatebook-session");
const adminStatus = async (browser: ReturnType<typeof openBrowser>): Promise<number> =>
  (await browser.go(`${portal.url}/api/v1/admin/sources`)).status;

describe("signing in", () => {
  test("ends where it began, with a session that the database knows by its hash alone", async () => {
    const browser = openBrowser();
    const answer = await browser.signIn("carla", "/apis/team/churn?x=1");
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(`${portal.url}/apis/team/churn?x=1`);
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith("gatebook-session="));
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    const token = sessionOf(browser) ?? "";
    const row = await database.store.db.session.findUniqueOrThrow({
      where: { tokenHash: sha256Hex(token) },
      include: { user: { include: { accounts: true, groups: true } } },
    });
    expect(row.user).toMatchObject({
      name: "Carla Consumer",
      accounts: [{ issuer: oidc.issuer, subject: "carla" }],
      groups: [{ group: "apps" }],
    });
    const audit = await database.store.db.auditEntry.findMany({ where: { act: "session.begin" } });
    expect(JSON.stringify(audit.map(({ detail }) => detail))).not.toContain(token);
  });

  test("asks the provider with state, nonce and a code challenge", async () => {
    const browser = openBrowser();
    const token = await browser.csrfToken();
    const begun = await browser.post(`${portal.url}/api/auth/signin/oidc`, { csrfToken: token, callbackUrl: "/" });
    const asked = new URL(locationOf(begun)).searchParams;
    expect(asked.get("response_type")).toBe("code");
    expect(asked.get("code_challenge_method")).toBe("S256");
    for (const name of ["state", "nonce", "code_challenge"]) expect(asked.get(name)?.length).toBeGreaterThan(20);
  });

  test("leads nowhere but to the portal's own pages", async () => {
    for (const elsewhere of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "/\t/evil.example",
      "javascript:alert(1)",
    ]) {
      const answer = await openBrowser().signIn("carla", elsewhere);
      expect(new URL(locationOf(answer, portal.url)).origin, elsewhere).toBe(portal.url);
    }
  });

  test("as somebody else replaces the session and links nothing", async () => {
    const browser = openBrowser();
    await browser.signIn("carla");
    const before = sessionOf(browser) ?? "";
    await browser.signIn("ada");
    expect(sessionOf(browser)).not.toBe(before);
    expect(await database.store.db.session.findUnique({ where: { tokenHash: sha256Hex(before) } })).toBeNull();
    expect(await adminStatus(browser)).toBe(200);
    const accounts = await database.store.db.account.findMany({ where: { subject: { in: ["carla", "ada"] } } });
    expect(new Set(accounts.map(({ userId }) => userId)).size).toBe(2);
    await browser.signIn("carla");
    expect(await adminStatus(browser)).toBe(403);
  });

  test("is refused where the answer is not to what this browser asked", async () => {
    const victim = openBrowser();
    await victim.csrfToken();
    const forged = await openBrowser().identify("ada");
    const answer = await victim.go(forged);
    expect(locationOf(answer, portal.url)).toMatch(/error=/);
    expect(sessionOf(victim)).toBeUndefined();
    const tampered = openBrowser();
    const back = new URL(await tampered.identify("ada"));
    back.searchParams.set("state", "another");
    expect(locationOf(await tampered.go(back.href), portal.url)).toMatch(/error=/);
    expect(sessionOf(tampered)).toBeUndefined();
  });

  test("takes a code once", async () => {
    const browser = openBrowser();
    const back = await browser.identify("carla");
    await browser.go(back);
    const again = await browser.go(back);
    expect(locationOf(again, portal.url)).toMatch(/error=/);
  });

  test("cannot be begun by another site", async () => {
    const browser = openBrowser();
    const csrfToken = await browser.csrfToken();
    const fields = { csrfToken, callbackUrl: "/" };
    const foreign = await browser.post(`${portal.url}/api/auth/signin/oidc`, fields, "https://evil.example");
    expect(foreign.status).toBe(403);
    const forged = await browser.post(`${portal.url}/api/auth/signin/oidc`, { ...fields, csrfToken: "x" });
    expect(new URL(locationOf(forged, portal.url)).origin).toBe(portal.url);
  });

  test("opens no other door of the library", async () => {
    for (const step of ["session", "providers", "verify-request", "_log", "signin/other", "callback/credentials"]) {
      expect((await openBrowser().go(`${portal.url}/api/auth/${step}`)).status, step).toBe(404);
    }
  });
});

describe("a session", () => {
  test("lasts while it is used, and at most a day", async () => {
    const browser = openBrowser();
    await browser.signIn("ada");
    const began = portal.clock.now;
    for (let hour = 6; hour < 24; hour += 6) {
      portal.clock.now = began + hour * hourMs;
      expect(await adminStatus(browser), `after ${String(hour)} h`).toBe(200);
    }
    portal.clock.now = began + 24 * hourMs;
    expect(await adminStatus(browser)).toBe(401);
    portal.clock.now = began;
  });

  test("ends when it is left alone for eight hours", async () => {
    const browser = openBrowser();
    await browser.signIn("ada");
    const began = portal.clock.now;
    portal.clock.now = began + 8 * hourMs;
    expect(await adminStatus(browser)).toBe(401);
    portal.clock.now = began;
  });

  test("is gone from the database after signing out, whoever kept the cookie", async () => {
    const browser = openBrowser();
    await browser.signIn("ada");
    const token = sessionOf(browser) ?? "";
    const foreign = await browser.post(
      `${portal.url}/api/auth/signout`,
      { csrfToken: await browser.csrfToken() },
      "https://evil.example",
    );
    expect(foreign.status).toBe(403);
    expect(await adminStatus(browser)).toBe(200);
    await browser.post(`${portal.url}/api/auth/signout`, { csrfToken: await browser.csrfToken(), callbackUrl: "/" });
    expect(sessionOf(browser)).toBeUndefined();
    const replayed = await fetch(`${portal.url}/api/v1/admin/sources`, {
      headers: { cookie: `gatebook-session=${token}` },
    });
    expect(replayed.status).toBe(401);
  });
});

test("signing in is limited by address, whatever a caller says its address is", async () => {
  const { settings } = portal.deps;
  expect(settings.TRUSTED_PROXIES).toBe(0);
  let status = 0;
  for (let attempt = 0; attempt < 400 && status !== 429; attempt += 1) {
    const headers = { origin: portal.url, "x-forwarded-for": `10.0.0.${String(attempt)}` };
    status = (await fetch(`${portal.url}/api/auth/signin/oidc`, { method: "POST", headers, redirect: "manual" }))
      .status;
  }
  expect(status).toBe(429);
});
