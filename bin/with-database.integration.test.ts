import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sha256Hex } from "../lib/base/index.ts";
import { findToken, listAuditRecords } from "../lib/store/index.ts";
import { createTestDatabase } from "../test/integration/postgres.ts";
import type { TestDatabase } from "../test/integration/postgres.ts";
import { noteRunningDatabase } from "./embedded/running-database.ts";

const entry = fileURLToPath(new URL("gatebook.mjs", import.meta.url));
const dayMs = 24 * 60 * 60 * 1000;

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "gatebook-cli-"));
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

function gatebook(
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly output: string; readonly errors: string }> {
  const env: NodeJS.ProcessEnv = {
    PATH: process.env["PATH"],
    NODE_ENV: "production",
    GATEBOOK_DATA: folder,
    ...variables,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [entry, ...args], { cwd: folder, env, timeout: 50_000 }, (err, output, errors) => {
      resolve({ code: err === null ? 0 : typeof err.code === "number" ? err.code : -1, output, errors });
    });
  });
}

test("token create prints a token once, keeps its hash alone, and writes the audit log", async () => {
  const args = [
    "token",
    "create",
    "build server",
    "--role",
    "owner",
    "--group",
    "fraud",
    "--group",
    "search",
    "--expires",
    "7d",
  ];
  const { code, output } = await gatebook(args, { DATABASE_URL: database.url });
  expect(code).toBe(0);
  const secret = output.trim();
  expect(secret).toMatch(/^gbt_[A-Za-z0-9_-]{43}$/);
  const token = await findToken(database.store.db, sha256Hex(secret), new Date());
  expect(token).toMatchObject({ name: "build server", role: "owner", groups: ["fraud", "search"], userId: null });
  const days = ((token?.expiresAt.getTime() ?? 0) - Date.now()) / dayMs;
  expect(days).toBeGreaterThan(6.9);
  expect(days).toBeLessThan(7.1);
  const audit = await listAuditRecords(database.store.db, { limit: 10 });
  expect(JSON.stringify(audit.items)).toContain("build server");
  expect(JSON.stringify(audit.items)).not.toContain(secret);
});

test("token create finds the database of the portal that runs here, and of none that has stopped", async () => {
  const forget = noteRunningDatabase(folder, database.url);
  expect(await gatebook(["token", "create", "here", "--role", "consumer"], {})).toMatchObject({ code: 0 });
  forget();
  const result = await gatebook(["token", "create", "gone", "--role", "consumer"], {});
  expect(result.code).toBe(2);
  expect(result.errors).toContain("DATABASE_URL is not set.");
});

test("web says that the identity provider does not answer, in one message", async () => {
  const result = await gatebook(["web"], {
    DATABASE_URL: database.url,
    OIDC_ISSUER: "http://127.0.0.1:1",
    OIDC_CLIENT_ID: "gatebook",
    OIDC_CLIENT_SECRET: "hidden",
    SESSION_SECRET: "0123456789abcdef0123456789abcdef",
    HOST: "127.0.0.1",
    PORT: "21992",
    METRICS_PORT: "0",
  });
  expect(result.code).toBe(1);
  expect(result.errors).toContain("The identity provider at http://127.0.0.1:1 cannot be used");
  expect(result.errors).not.toMatch(/^\s+at /m);
});
