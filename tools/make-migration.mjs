// npm run migration -- NAME: writes the SQL that brings the newest migration's schema to prisma/schema.prisma. For development.
// It drives Prisma's own schema engine as WebAssembly (docs/adr), from schema to schema; it only
// wants to talk to some Postgres, which an empty embedded one is. Each migration keeps the schema that it ends at beside its SQL.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import { startEmbeddedPostgres } from "../bin/embedded/postgres.ts";

const name = process.argv[2];
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  process.stderr.write("Usage: npm run migration -- name_in_snake_case\n");
  process.exit(2);
}
const root = fileURLToPath(new URL("..", import.meta.url));
const migrations = join(root, "prisma", "migrations");
mkdirSync(migrations, { recursive: true });

const wasm = createRequire(import.meta.url)
  .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
  .replace(/\.js$/, ".wasm");
const { instance } = await WebAssembly.instantiate(readFileSync(wasm), { "./schema_engine_bg.js": engine });
engine.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start?.();

const path = join(root, "prisma", "schema.prisma");
const content = readFileSync(path, "utf8");
const newest = readdirSync(migrations)
  .filter((entry) => existsSync(join(migrations, entry, "schema.prisma")))
  .sort()
  .at(-1);
const from =
  newest === undefined
    ? { tag: "empty" }
    : {
        tag: "schemaDatamodel",
        files: [{ path, content: readFileSync(join(migrations, newest, "schema.prisma"), "utf8") }],
      };
const scratch = mkdtempSync(join(tmpdir(), "gatebook-migration-"));
const postgres = await startEmbeddedPostgres({ folder: scratch });
const schemaEngine = await engine.SchemaEngine.new(
  { datamodels: [[path, content]] },
  () => undefined,
  bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: postgres.databaseUrl })),
);
const result = await schemaEngine.diff({
  from,
  to: { tag: "schemaDatamodel", files: [{ path, content }] },
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
});
await postgres.stop();
rmSync(scratch, { recursive: true, force: true });
const sql = result.stdout ?? "";
if (sql.trim() === "" || sql.includes("This is an empty migration")) {
  process.stdout.write("The migrations and the schema agree; nothing was written.\n");
} else {
  const stamp = new Date()
    .toISOString()
    .replaceAll(/[^0-9]/g, "")
    .slice(0, 14);
  const folder = join(migrations, `${stamp}_${name}`);
  mkdirSync(folder);
  writeFileSync(join(folder, "migration.sql"), sql);
  writeFileSync(join(folder, "schema.prisma"), content);
  process.stdout.write(`Wrote prisma/migrations/${stamp}_${name}/migration.sql: read it before you commit it.\n`);
}
process.exit(0);
