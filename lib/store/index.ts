/**
 * Postgres, and nothing else knows it: repositories are functions of a `Database` (the pool or one transaction), one file
 * a subject. They take and return `lib/model` types, never Prisma rows.
 *
 * Promises: lists are paged by cursor; versions, documents and changes are append-only; an event published in a
 * transaction is heard exactly when it commits.
 * Does not: decide who may see what (callers pass what `lib/access` decided), compute changes, retry.
 * Fails: a lost database throws; the caller decides whether to wait.
 */
export * from "./admin-reads.ts";
export * from "./api-reads.ts";
export * from "./audit.ts";
export * from "./catalogue-reads.ts";
export * from "./cluster-standing.ts";
export * from "./database.ts";
export * from "./drafts.ts";
export * from "./follows.ts";
export * from "./described-apis.ts";
export * from "./lines.ts";
export * from "./migrate.ts";
export * from "./notice-reads.ts";
export * from "./page.ts";
export * from "./people.ts";
export * from "./sessions.ts";
export * from "./tokens.ts";
export * from "./store-unavailable.ts";
export * from "./version-reads.ts";
export * from "./acquisitions.ts";
export * from "./documents.ts";
export * from "./events.ts";
export * from "./job-runner.ts";
export * from "./leader-lock.ts";
export * from "./notice-writes.ts";
export * from "./observed-apis.ts";
export * from "./source-writes.ts";
export * from "./version-writes.ts";
