import type { WebSettings } from "../env/index.ts";
import { securityHeaders } from "./content-policy.ts";

/** What REST answers is data: nothing of it runs, frames or is framed, even when somebody opens it as a page. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** Adds the security headers that the answer does not bring itself. */
export function secureResponse(settings: Pick<WebSettings, "PUBLIC_URL">, response: Response): Response {
  const headers = { "content-security-policy": dataPolicy, ...securityHeaders(settings) };
  for (const [name, value] of Object.entries(headers))
    if (!response.headers.has(name)) response.headers.set(name, value);
  return response;
}
