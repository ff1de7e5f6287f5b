import { Pool } from "pg";
import type { Logger } from "../base/index.ts";

/** The kinds of jobs; a payload is whatever the job was queued with, to be checked by the task. */
export type JobTasks = Readonly<Record<string, (payload: unknown) => Promise<void>>>;

/**
 * Runs queued jobs until it is stopped; any number of processes may. A task that throws is run again with growing waits, up
 * to the attempts that it was queued with. Throws where the database does not answer at the start; later losses are waited
 * out, and `ended` resolves only where the queue gives up for another reason.
 */
export async function runJobs(options: {
  readonly databaseUrl: string;
  readonly tasks: JobTasks;
  readonly logger: Logger;
  readonly concurrency?: number;
}): Promise<{ readonly ended: Promise<void>; stop(): Promise<void> }> {
  // Loaded where it is used: the web role shares this room and runs no jobs.
  const [{ run }, { queueLogger }] = await Promise.all([import("graphile-worker"), import("./queue-logger.ts")]);
  const concurrency = options.concurrency ?? 4;
  const pool = new Pool({
    connectionString: options.databaseUrl,
    max: concurrency + 2,
    connectionTimeoutMillis: 5_000,
  });
  pool.on("error", (err) => {
    options.logger.debug({ err }, "a connection of the job queue was lost");
  });
  // Each connection may also fail while it is lent out; the queue opens another.
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
  });
  try {
    const runner = await run({
      pgPool: pool,
      concurrency,
      noHandleSignals: true,
      pollInterval: 2_000,
      logger: queueLogger(options.logger),
      taskList: Object.fromEntries(
        Object.entries(options.tasks).map(([name, task]) => [name, (payload: unknown) => task(payload)]),
      ),
      crontab: "",
    });
    const ended = runner.promise.catch((err: unknown) => {
      options.logger.warn({ err }, "the job queue ended");
    });
    return {
      ended,
      stop: async () => {
        // Stopping twice, or one that ended by itself, throws; either way it does not run any more.
        await runner.stop().catch(() => undefined);
        await ended;
        await pool.end().catch(() => undefined);
      },
    };
  } catch (err) {
    await pool.end().catch(() => undefined);
    throw err;
  }
}
