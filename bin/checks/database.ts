import { setTimeout as pause } from "node:timers/promises";
import { openStore } from "../../lib/store/index.ts";
import { reasonOf, unavailable } from "../failure.ts";

/** The place of a database without its credentials, for messages. */
export function databasePlace(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  return `${url.hostname}:${url.port === "" ? "5432" : url.port}${url.pathname}`;
}

/** The driver's own words without the frame that the query library puts around them. */
function driverReason(err: unknown): string {
  const reason = reasonOf(err);
  return /Message: `(.+?)`?$/.exec(reason)?.[1] ?? reason;
}

/** Throws one clear message unless the database answers; tries `attempts` times, two seconds apart. */
export async function requireDatabase(databaseUrl: string, attempts = 1): Promise<void> {
  const store = openStore({ databaseUrl, poolSizeMax: 1 });
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await store.db.$queryRaw`SELECT 1`;
        return;
      } catch (err) {
        if (attempt < attempts) {
          await pause(2000);
          continue;
        }
        throw unavailable(
          `The database at ${databasePlace(databaseUrl)} cannot be used (${driverReason(err)}): check DATABASE_URL and that Postgres runs there.`,
          err,
        );
      }
    }
  } finally {
    await store.close();
  }
}
