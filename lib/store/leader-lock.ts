import { Client } from "pg";

export type LeaderLock = {
  /** False from the moment that the connection is known to be gone: then somebody else may lead. */
  isHeld(): boolean;
  /** Resolves when it is lost or released. */
  readonly ended: Promise<void>;
  release(): Promise<void>;
};

const pingEveryMs = 2_000;
const pingTimeoutMs = 5_000;

/**
 * Tries to become the one controller of a cluster: a session-level advisory lock on a connection of its own, so that
 * Postgres itself ends the leadership of a process that dies or cannot be reached. Null where another holds it; throws where
 * the database does not answer. Ends by itself when the connection breaks or does not answer within five seconds.
 */
export async function tryLeaderLock(options: {
  readonly databaseUrl: string;
  readonly cluster: string;
}): Promise<LeaderLock | null> {
  const client = new Client({
    connectionString: options.databaseUrl,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    query_timeout: pingTimeoutMs,
    application_name: "gatebook-leader",
  });
  let held = false;
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = () => {
      held = false;
      resolve();
    };
  });
  client.on("error", () => {
    end();
  });
  client.on("end", () => {
    end();
  });
  const close = async (): Promise<void> => {
    end();
    await Promise.race([client.end().catch(() => undefined), new Promise((late) => setTimeout(late, 1_000).unref())]);
  };
  try {
    await client.connect();
    const { rows } = await client.query<{ locked: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended('gatebook-controller/' || $1, 0)) AS locked",
      [options.cluster],
    );
    held = rows[0]?.locked === true;
  } catch (err) {
    await close();
    throw err;
  }
  if (!held) {
    await close();
    return null;
  }
  const ping = setInterval(() => {
    client.query("SELECT 1").catch(() => void close());
  }, pingEveryMs);
  void ended.then(() => {
    clearInterval(ping);
  });
  return { isHeld: () => held, ended, release: close };
}
