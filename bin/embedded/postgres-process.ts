import { untilStopped } from "../until-stopped.ts";
import { startEmbeddedPostgres } from "./postgres.ts";

/**
 * Runs the embedded Postgres in a process of its own: it is stopped last, also where the process that started it was killed.
 * `node postgres-process.ts FOLDER`; the first message to the parent carries the URL.
 */
const folder = process.argv[2];
if (folder === undefined) throw new Error("The folder for the data is missing.");
const postgres = await startEmbeddedPostgres({ folder });
process.send?.({ databaseUrl: postgres.databaseUrl });
await untilStopped();
await postgres.stop();
process.exit(0);
