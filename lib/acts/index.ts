/**
 * What a person or a program does: one verb a file, the viewer first.
 *
 * Promises: each act asks `lib/access` itself, whoever called it; what it writes and its line in the audit log commit
 * together; what may not be seen is refused as "not-found". Refusals are values with a sentence for the person.
 * Does not: know HTTP, sign anybody in, compute versions or notices by itself (the host hands those in).
 */
export * from "./acknowledge-notice.ts";
export * from "./act-deps.ts";
export * from "./create-draft.ts";
export * from "./create-token.ts";
export * from "./follow-api.ts";
export * from "./preview-draft.ts";
export * from "./publish-draft.ts";
export * from "./refusal.ts";
export * from "./revoke-token.ts";
export * from "./try-call.ts";
export * from "./unfollow-api.ts";
