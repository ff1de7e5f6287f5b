import { readSettings, baseSettings } from "../../lib/env/index.ts";
import { migrate as applyMigrations } from "../../lib/store/index.ts";
import { databasePlace, requireDatabase } from "../checks/database.ts";

/** `gatebook migrate`: brings the database's schema up to date; may run many times and at many places at once. */
export async function migrate(): Promise<void> {
  const settings = readSettings(baseSettings.pick({ DATABASE_URL: true }));
  await requireDatabase(settings.DATABASE_URL, 1);
  await applyMigrations({ databaseUrl: settings.DATABASE_URL });
  process.stdout.write(`The database at ${databasePlace(settings.DATABASE_URL)} is up to date.\n`);
}
