import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";
// Not through the room's index: what runs before every request must not carry the database with it.
import { contentPolicy, securityHeaders } from "./lib/next/content-policy.ts";
import { readSettings, webSettings } from "./lib/env/index.ts";

let settings: ReturnType<typeof readWebSettings> | null = null;

function readWebSettings() {
  return readSettings(webSettings);
}

/** Puts the security headers on every page, with a policy that has a nonce of its own, which Next gives its scripts. */
export function proxy(request: NextRequest): NextResponse {
  settings ??= readWebSettings();
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString("base64");
  const policy = contentPolicy(settings, nonce);
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const [name, value] of Object.entries(securityHeaders(settings))) response.headers.set(name, value);
  return response;
}

export const config = {
  // Static files carry no markup. REST puts its own headers on; here its bodies would be copied, and cut at a size.
  matcher: ["/((?!api/|_next/static/|favicon|icon).*)"],
};
