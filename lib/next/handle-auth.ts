import NextAuth from "next-auth";
import { GatebookError } from "../base/index.ts";
import { isStoreUnavailable } from "../store/index.ts";
import { authOptions, endSession, safeCallbackUrl } from "./auth-options.ts";
import { checkOrigin } from "./check-origin.ts";
import { clientAddress } from "./client-address.ts";
import { getDeps } from "./deps.ts";
import type { WebDeps } from "./deps.ts";
import { discoverIssuer } from "./discover-issuer.ts";
import { notFoundResponse, problemResponse, tooManyResponse } from "./problem.ts";
import { readBody } from "./read-body.ts";
import { secureResponse } from "./secure-response.ts";
import { readCookie, sessionCookieName } from "./session-cookie.ts";

type AuthContext = { readonly params: Promise<{ readonly nextauth: readonly string[] }> };

/** The steps that are open; next-auth's own pages and its session endpoint are not used. */
const steps: ReadonlySet<string> = new Set([
  "GET csrf",
  "GET signin",
  "GET error",
  "GET callback/oidc",
  "POST signin/oidc",
  "POST signout",
]);
/** Those that make the provider or the database work. */
const counted: ReadonlySet<string> = new Set(["signin", "callback"]);
const bodyBytesMax = 16 * 1024;

/**
 * Signing in and out under /api/auth, by next-auth. Around it: only the steps that are used, a limit per address, our origin
 * check, and an end to the session that a new sign-in replaces. A provider that is away sends back to the sign-in page.
 */
export async function handleAuth(request: Request, context: AuthContext): Promise<Response> {
  const deps = getDeps();
  const { nextauth } = await context.params;
  return secureResponse(deps.settings, await answerStep(deps, request, nextauth));
}

async function answerStep(deps: WebDeps, request: Request, nextauth: readonly string[]): Promise<Response> {
  if (!steps.has(`${request.method} ${nextauth.join("/")}`)) return notFoundResponse();
  if (counted.has(nextauth[0] ?? "")) {
    const outcome = await deps.limits.take("sign-in", clientAddress(deps.settings, request.headers));
    if (outcome.kind === "exceeded") return tooManyResponse(outcome.retryAfterSeconds);
  }
  if (request.method === "POST") {
    const problem = checkOrigin(deps.settings, request.headers);
    if (problem !== null) return problemResponse("forbidden", problem);
  }
  try {
    return await runStep(deps, request, nextauth);
  } catch (err) {
    if (isStoreUnavailable(err)) {
      deps.logger.error({ err }, "the database cannot be used");
      return problemResponse("unavailable", "The portal's database does not answer. Try again in a moment.");
    }
    if (!(err instanceof GatebookError)) throw err;
    deps.logger.error({ err }, "signing in is not possible");
    return new Response(null, {
      status: 302,
      headers: { location: "/signin?error=OAuthSignin", "cache-control": "no-store" },
    });
  }
}

async function runStep(deps: WebDeps, request: Request, nextauth: readonly string[]): Promise<Response> {
  const { settings, clock } = deps;
  const body = await readForm(request);
  if (body instanceof Response) return body;
  const facts = await discoverIssuer(settings, clock());
  const url = new URL(request.url);
  const earlier = readCookie(request.headers.get("cookie"), sessionCookieName(settings));
  const answer = createAnswer();
  // The signature of next-auth for API routes: it takes what it needs and asks nothing of Next.
  const step = {
    method: request.method,
    query: { ...Object.fromEntries(safeFields(url.searchParams, settings.PUBLIC_URL)), nextauth: [...nextauth] },
    body: Object.fromEntries(safeFields(body, settings.PUBLIC_URL)),
    cookies: readCookies(request.headers.get("cookie")),
    headers: Object.fromEntries(request.headers),
  };
  await Reflect.apply(NextAuth, undefined, [step, answer.res, authOptions(deps, facts)]);
  const response = answer.toResponse();
  const began = response.headers
    .getSetCookie()
    .some((cookie) => cookie.startsWith(`${sessionCookieName(settings)}=`) && nextauth[0] === "callback");
  if (began && earlier !== null) await endSession(deps, earlier);
  return response;
}

/** A callback URL goes in only as one of our own, so that nothing else is ever kept in a cookie or followed. */
function safeFields(fields: URLSearchParams, publicUrl: string): readonly (readonly [string, string])[] {
  return [...fields].map(([name, value]) =>
    name === "callbackUrl" ? [name, safeCallbackUrl(value, publicUrl)] : [name, value],
  );
}

async function readForm(request: Request): Promise<URLSearchParams | Response> {
  if (request.method !== "POST") return new URLSearchParams();
  const read = await readBody(request, bodyBytesMax);
  if (read.kind !== "bytes") return problemResponse("bad-request", "The form could not be read.");
  return new URLSearchParams(new TextDecoder().decode(read.bytes));
}

function readCookies(header: string | null): Readonly<Record<string, string>> {
  const names = (header ?? "").split(";").map((pair) => pair.split("=")[0]?.trim() ?? "");
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = name === "" ? null : readCookie(header, name);
      return value === null ? [] : [[name, decodeCookie(value)]];
    }),
  );
}

function decodeCookie(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (err) {
    if (err instanceof URIError) return value;
    throw err;
  }
}

/** As much of Node's response as next-auth writes to, collected into a Response. */
function createAnswer() {
  let status = 200;
  let body: string | null = null;
  const headers = new Map<string, string | readonly string[]>();
  const res = {
    status(code: number) {
      status = code;
      return res;
    },
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader(name: string, value: string | readonly string[]) {
      headers.set(name.toLowerCase(), value);
      return res;
    },
    json(value: unknown) {
      headers.set("content-type", "application/json");
      body = JSON.stringify(value);
    },
    send(value: unknown) {
      if (typeof value === "string") {
        if (!headers.has("content-type")) headers.set("content-type", "text/plain; charset=utf-8");
        body = value;
      } else if (value !== undefined) res.json(value);
    },
    end() {
      body = null;
    },
  };
  return {
    res,
    toResponse(): Response {
      const given = new Headers({ "cache-control": "no-store" });
      for (const [name, value] of headers) {
        if (typeof value === "string") given.set(name, value);
        else for (const one of value) given.append(name, one);
      }
      return new Response(body, { status, headers: given });
    },
  };
}
