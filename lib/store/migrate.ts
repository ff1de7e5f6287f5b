import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Client, DatabaseError } from "pg";
import { z } from "zod";
import { GatebookError, sha256Hex } from "../base/index.ts";

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

/** Any number that nobody else uses: one process migrates at a time. */
const migrationLock = 7_283_640_911;

const appliedSchema = z.array(
  z.object({ migration_name: z.string(), checksum: z.string(), finished_at: z.date().nullable() }),
);

/** The table of `prisma migrate`, so that its own commands understand a database that was migrated here. */
const migrationsTable = `
CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`;

function refuse(message: string, cause?: unknown): GatebookError {
  return new GatebookError({ code: "configuration", message, cause });
}

/** A path instead of a URL to the folder: a bundler would take the latter for a file to copy. */
function defaultFolder(): string {
  return path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..", "prisma", "migrations");
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: sha256Hex(sql) };
    }),
  );
}

async function connect(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  // A connection that breaks between two queries says so here; the next query fails with the same.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const url = new URL(databaseUrl);
    const reason = cause instanceof Error && cause.message !== "" ? cause.message : "no answer";
    throw new GatebookError({
      code: "unavailable",
      message: `The database at ${url.host}${url.pathname} cannot be used (${reason}): check DATABASE_URL and that Postgres runs there.`,
      cause,
      retry: true,
    });
  }
}

/** What is still to be applied; throws where the database and the committed migrations do not belong together. */
async function findPending(client: Client, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  const { rows } = await client.query(
    "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  const applied = new Map(appliedSchema.parse(rows).map((row) => [row.migration_name, row]));
  for (const row of applied.values()) {
    const known = migrations.find((migration) => migration.name === row.migration_name);
    if (known === undefined) {
      throw refuse(
        `The database is newer than this Gatebook (it has the migration ${row.migration_name}): run the version that wrote it, or a later one.`,
      );
    }
    if (row.finished_at === null) {
      throw refuse(
        `The migration ${row.migration_name} was begun by another tool and did not finish: repair the database, then mark it as rolled back.`,
      );
    }
    if (row.checksum !== known.checksum) {
      throw refuse(
        `The migration ${row.migration_name} is not the one that was applied to this database: committed migrations are never edited.`,
      );
    }
  }
  return migrations.filter((migration) => !applied.has(migration.name));
}

async function applyMigration(client: Client, migration: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, transaction_timestamp(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK").catch(() => undefined);
    if (!(cause instanceof DatabaseError)) throw cause;
    const mayNot = cause.code === "42501";
    throw refuse(
      mayNot
        ? `The database account lacks a right that the migration ${migration.name} needs (${cause.message}): grant it, or have an administrator run CREATE EXTENSION pg_trgm in this database.`
        : `The migration ${migration.name} failed and changed nothing: ${cause.message}`,
      cause,
    );
  }
}

/**
 * Throws one clear message unless the database has every committed migration and none that is unknown; changes nothing. For
 * roles that start beside a `migrate` of their own version.
 */
export async function requireMigrated(options: {
  readonly databaseUrl: string;
  readonly folder?: string;
}): Promise<void> {
  const migrations = await readMigrations(options.folder ?? defaultFolder());
  const client = await connect(options.databaseUrl);
  try {
    const { rows } = await client.query<{ found: string | null }>("SELECT to_regclass('_prisma_migrations') AS found");
    const isEmpty = (rows[0]?.found ?? null) === null;
    const pending = isEmpty ? migrations : await findPending(client, migrations);
    if (pending.length > 0)
      throw refuse("The database is not migrated to this version of Gatebook: run gatebook migrate.");
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Brings the schema up to date: the committed SQL under an advisory lock, each migration in a transaction of its own with its
 * record in `_prisma_migrations`, then the job queue's schema. May run many times and at many places at once; returns the
 * names of what it applied.
 *
 * Throws a `GatebookError`: "unavailable" where the database does not answer, "configuration" where it is newer than this
 * Gatebook, a committed migration was edited, or the SQL fails (which changes nothing).
 */
export async function migrate(options: {
  readonly databaseUrl: string;
  readonly folder?: string;
}): Promise<readonly string[]> {
  const migrations = await readMigrations(options.folder ?? defaultFolder());
  const client = await connect(options.databaseUrl);
  try {
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    await client.query(migrationsTable);
    const pending = await findPending(client, migrations);
    for (const migration of pending) await applyMigration(client, migration);
    const { runMigrations } = await import("graphile-worker");
    const { queueLogger } = await import("./queue-logger.ts");
    await runMigrations({ connectionString: options.databaseUrl, logger: queueLogger(null) });
    return pending.map((migration) => migration.name);
  } finally {
    // Closing the session gives the lock back, also where the connection is broken.
    await client.end().catch(() => undefined);
  }
}
