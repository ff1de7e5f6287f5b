import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** A database of the one test Postgres, from which further ones are made. */
    readonly postgresUrl: string;
    /** The migrated database that each test clones. */
    readonly templateName: string;
  }
}

/** One real Postgres for all integration tests, with a migrated template in it; gone when the run is over. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  execFileSync(process.execPath, [fileURLToPath(new URL("../../tools/prepare.mjs", import.meta.url))]);
  const { startEmbeddedPostgres } = await import("../../bin/embedded/postgres.ts");
  const { migrate } = await import("../../lib/store/index.ts");
  const folder = mkdtempSync(path.join(tmpdir(), "gatebook-postgres-"));
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ folder, disposable: true });
  await migrate({ databaseUrl: postgres.databaseUrl });
  project.provide("postgresUrl", postgres.databaseUrl.replace(/\/gatebook$/, "/postgres"));
  project.provide("templateName", "gatebook");
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
