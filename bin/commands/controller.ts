import { collectDefaultMetrics } from "prom-client";
import { createLogger, metrics } from "../../lib/base/index.ts";
import { startController } from "../../lib/controller/index.ts";
import { controllerSettings, readSettings } from "../../lib/env/index.ts";
import { requireDatabase } from "../checks/database.ts";
import { untilStopped } from "../until-stopped.ts";

/** `gatebook controller`: follows the cluster. Resolves when it was asked to stop and has stopped. */
export async function controller(options: { readonly attempts: number }): Promise<void> {
  const settings = readSettings(controllerSettings);
  const stopAsked = untilStopped();
  const logger = createLogger("controller", settings.LOG_LEVEL);
  await requireDatabase(settings.DATABASE_URL, options.attempts);
  collectDefaultMetrics({ register: metrics });
  const running = await startController({ settings, logger });
  process.send?.("ready");
  const why = await stopAsked;
  logger.info({ why }, "stopping");
  await running.stop();
}
