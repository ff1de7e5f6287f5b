import { mkdtempSync, mkdirSync, cpSync, appendFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase } from "../../test/integration/postgres.ts";
import type { TestDatabase } from "../../test/integration/postgres.ts";
import { migrate, requireMigrated } from "./index.ts";

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "gatebook-migrations-"));
  cpSync("prisma/migrations", folder, { recursive: true });
});

afterEach(async () => {
  await database.drop();
});

function addMigration(name: string, sql: string): void {
  mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

const run = (): Promise<readonly string[]> => migrate({ databaseUrl: database.url, folder });

describe("migrate", () => {
  test("applies nothing twice, also when two run at once", async () => {
    addMigration("99990101000000_more", "CREATE TABLE more (id int);");
    const applied = await Promise.all([run(), run(), run()]);
    expect(applied.flat()).toEqual(["99990101000000_more"]);
    expect(await run()).toEqual([]);
  });

  test("refuses a committed migration that was edited", async () => {
    addMigration("99990101000000_more", "CREATE TABLE more (id int);");
    await run();
    appendFileSync(path.join(folder, "99990101000000_more", "migration.sql"), "-- later thought");
    await expect(run()).rejects.toThrow(/committed migrations are never edited/);
  });

  test("refuses a database that is newer than the program", async () => {
    addMigration("99990101000000_more", "CREATE TABLE more (id int);");
    await run();
    await expect(migrate({ databaseUrl: database.url })).rejects.toThrow(/newer than this Gatebook/);
  });

  test("leaves nothing of a migration that fails, and says why", async () => {
    addMigration("99990101000000_broken", "CREATE TABLE more (id int); SELECT nonsense;");
    await expect(run()).rejects.toThrow(/failed and changed nothing: column "nonsense" does not exist/);
    await expect(database.store.db.$queryRaw`SELECT * FROM more`).rejects.toThrow();
  });

  test("is missed, in one sentence, by a role that starts without it", async () => {
    await requireMigrated({ databaseUrl: database.url });
    addMigration("99990101000000_more", "CREATE TABLE more (id int);");
    await expect(requireMigrated({ databaseUrl: database.url, folder })).rejects.toThrow(/run gatebook migrate/);
    await database.store.db.$executeRaw`DROP TABLE _prisma_migrations`;
    await expect(requireMigrated({ databaseUrl: database.url })).rejects.toThrow(/run gatebook migrate/);
  });

  test("says in one sentence that a database does not answer", async () => {
    await expect(migrate({ databaseUrl: "postgresql://nobody:secret@127.0.0.1:1/none" })).rejects.toThrow(
      /^The database at 127\.0\.0\.1:1\/none cannot be used \(.*ECONNREFUSED.*\)/,
    );
  });
});
