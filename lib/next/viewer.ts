import { headers } from "next/headers";
import { cache } from "react";
import { anonymous } from "../model/index.ts";
import type { Viewer } from "../model/index.ts";
import { getDeps } from "./deps.ts";
import { identify } from "./identify.ts";

/** Who looks at the page, once a request. Pages know sessions alone: a token is for programs. */
export const getViewer: () => Promise<Viewer> = cache(async () => {
  const given = await headers();
  const cookie = given.get("cookie");
  const identity = await identify(getDeps(), new Headers(cookie === null ? {} : { cookie }));
  return identity.kind === "viewer" ? identity.viewer : anonymous;
});
