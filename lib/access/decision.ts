import type { Viewer, Visibility } from "../model/index.ts";

/** What a decision is about: as much of an API as the policy looks at. */
export type AccessTarget = { readonly visibility: Visibility; readonly owner: string | null };

/** What a viewer may do, with the reason where not. */
export type Decision =
  { readonly allowed: true; readonly reason: null } | { readonly allowed: false; readonly reason: string };

export const allowed: Decision = { allowed: true, reason: null };

/** A refusal; `reason` is a sentence for the person. */
export function refused(reason: string): Decision {
  return { allowed: false, reason };
}

/** The groups of a viewer; nobody known has none. */
export function groupsOf(viewer: Viewer): readonly string[] {
  return viewer.kind === "anonymous" ? [] : viewer.groups;
}

/** True for an administrator, person or machine. */
export function isAdmin(viewer: Viewer): boolean {
  return viewer.kind !== "anonymous" && viewer.role === "admin";
}
