/**
 * Postgres, and nothing else knows it: repositories are functions of a `Database` (the pool or one transaction), one file
 * a subject. They take and return `lib/model` types, never Prisma rows.
 *
 * Promises: lists are paged by cursor; versions, documents and changes are append-only; an event published in a
 * transaction is heard exactly when it commits.
 * Does not: decide who may see what (callers pass what `lib/access` decided), compute changes, retry.
 * Fails: a lost database throws; the caller decides whether to wait.
 */
export * from "./database.ts";
export * from "./migrate.ts";
