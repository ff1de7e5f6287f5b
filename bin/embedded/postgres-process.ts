import { explainFailure } from "../failure.ts";
import { untilStopped } from "../until-stopped.ts";
import { startEmbeddedPostgres } from "./postgres.ts";

/**
 * Runs the embedded Postgres in a process of its own: it is stopped last, also where the process that started it was killed.
 * `node postgres-process.ts FOLDER`; the first message to the parent carries the URL.
 */
async function run(folder: string): Promise<void> {
  const stopAsked = untilStopped();
  const postgres = await startEmbeddedPostgres({ folder });
  process.send?.({ databaseUrl: postgres.databaseUrl });
  await stopAsked;
  await postgres.stop();
}

try {
  await run(process.argv[2] ?? ".");
} catch (err) {
  process.stderr.write(`${explainFailure(err, process.env["LOG_LEVEL"] === "debug").message}\n`);
  process.exitCode = 1;
}
process.exit();
