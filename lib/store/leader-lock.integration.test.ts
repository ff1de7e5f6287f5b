import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "../../test/integration/postgres.ts";
import type { TestDatabase } from "../../test/integration/postgres.ts";
import { tryLeaderLock } from "./index.ts";
import type { LeaderLock } from "./index.ts";

let database: TestDatabase;
const held: LeaderLock[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(async () => {
  await Promise.all(held.splice(0).map((lock) => lock.release()));
  await database.drop();
});

async function tryFor(cluster: string): Promise<LeaderLock | null> {
  const lock = await tryLeaderLock({ databaseUrl: database.url, cluster });
  if (lock !== null) held.push(lock);
  return lock;
}

test("one leads a cluster, and another cluster is led beside it", async () => {
  const first = await tryFor("one");
  expect(first?.isHeld()).toBe(true);
  expect(await tryFor("one")).toBeNull();
  expect(await tryFor("two")).not.toBeNull();
  await first?.release();
  expect(first?.isHeld()).toBe(false);
  expect(await tryFor("one")).not.toBeNull();
});

test("a lost connection is a lost lead, and the next may lead at once", async () => {
  const first = await tryFor("one");
  await database.store.db.$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'gatebook-leader' AND datname = current_database()`;
  await first?.ended;
  expect(first?.isHeld()).toBe(false);
  expect(await tryFor("one")).not.toBeNull();
});
