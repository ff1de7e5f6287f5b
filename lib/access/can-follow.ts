import type { Viewer } from "../model/index.ts";
import { allowed, refused } from "./decision.ts";
import type { Decision } from "./decision.ts";

/** Whether the viewer can follow an API that they see: a person can. */
export function canFollow(viewer: Viewer): Decision {
  switch (viewer.kind) {
    case "person":
      return allowed;
    case "machine":
      return refused("A machine's token cannot follow: nobody would read what it is told. Sign in as a person.");
    case "anonymous":
      return refused("Sign in to follow this API, so that the portal knows whom to tell.");
  }
}
