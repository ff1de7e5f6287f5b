import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { anonymous } from "../model/index.ts";
import type { Viewer } from "../model/index.ts";
import { getDeps } from "./deps.ts";
import { identify } from "./identify.ts";
import { signInPath } from "./sign-in-path.ts";

/** Who looks at the page, once a request. Pages know sessions alone: a token is for programs. */
export const getViewer: () => Promise<Viewer> = cache(async () => {
  const given = await headers();
  const cookie = given.get("cookie");
  const identity = await identify(getDeps(), new Headers(cookie === null ? {} : { cookie }));
  return identity.kind === "viewer" ? identity.viewer : anonymous;
});

/** Who looks at the page, and nobody else: others are sent to sign in and come back to `path`. */
export async function requireViewer(path: string): Promise<Exclude<Viewer, { readonly kind: "anonymous" }>> {
  const viewer = await getViewer();
  return viewer.kind === "anonymous" ? redirect(signInPath(path)) : viewer;
}
