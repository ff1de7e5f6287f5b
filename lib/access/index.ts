/**
 * Who may see and do what: one policy for pages, REST, events and acts alike (DESIGN §10, §11).
 *
 * Promises: pure and total; a decision that refuses carries a sentence for the person; `visibilityFilter` and `canSee` are
 * the same rule, once as data for a query and once as a function (a property test holds them together).
 * Does not: know who is signed in (lib/next), read anything, or tell a hidden API from an absent one: callers answer
 * "not found" to both, and ask about a right only for what may be seen.
 */
export * from "./can-follow.ts";
export * from "./can-own.ts";
export * from "./can-publish.ts";
export * from "./can-see.ts";
export * from "./can-try.ts";
export * from "./decision.ts";
export * from "./role-of.ts";
export * from "./visibility-filter.ts";
