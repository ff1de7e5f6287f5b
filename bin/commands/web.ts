import { collectDefaultMetrics } from "prom-client";
import { createLogger, metrics } from "../../lib/base/index.ts";
import { readSettings, webSettings } from "../../lib/env/index.ts";
import { openStore } from "../../lib/store/index.ts";
import { requireDatabase } from "../checks/database.ts";
import { requireIssuer } from "../checks/issuer.ts";
import { requireFreePorts } from "../checks/ports.ts";
import { projectRoot } from "../project-root.ts";
import { untilStopped } from "../until-stopped.ts";
import { createHealth } from "../web/health.ts";
import { measured } from "../web/http-metrics.ts";
import { listen } from "../web/http-server.ts";
import { startMetricsServer } from "../web/metrics-server.ts";

/** `gatebook web`: the pages and the REST interface. Resolves when it was asked to stop and has answered what was open. */
export async function web(options: { readonly dev: boolean; readonly attempts: number }): Promise<void> {
  const settings = readSettings(webSettings);
  const stopAsked = untilStopped();
  const logger = createLogger("web", settings.LOG_LEVEL);
  const onFailure = (err: unknown): void => {
    logger.error({ err }, "a request failed");
  };
  const where = { host: settings.HOST, onFailure };
  await requireFreePorts([{ port: settings.PORT, host: settings.HOST, purpose: "the portal", setting: "PORT" }]);
  await requireDatabase(settings.DATABASE_URL, options.attempts);
  await requireIssuer(settings.OIDC_ISSUER, options.attempts);

  // React and Next read this once, when they are loaded.
  Object.assign(process.env, { NODE_ENV: options.dev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
  const { default: next } = await import("next");
  const app = next({
    dev: options.dev,
    dir: projectRoot,
    hostname: settings.HOST,
    port: settings.PORT,
    quiet: true,
    ...(options.dev ? { webpack: true } : {}),
  });
  await app.prepare();
  const pages = app.getRequestHandler();
  const store = openStore({ databaseUrl: settings.DATABASE_URL, poolSizeMax: 1 });
  let stopping = false;
  const health = createHealth(store, () => stopping);
  const answer = measured((req, res) => {
    // What rates are counted under; Next hands no socket on, and whatever a caller wrote here is overwritten.
    req.headers["x-gatebook-peer"] = req.socket.remoteAddress ?? "unknown";
    return pages(req, res);
  });
  collectDefaultMetrics({ register: metrics });
  const server = await listen((req, res) => (health.covers(req.url) ? health.answer(req, res) : answer(req, res)), {
    ...where,
    port: settings.PORT,
  });
  const metricsServer = await startMetricsServer({ ...where, port: settings.METRICS_PORT, health: health.answer });
  logger.info({ port: settings.PORT, metricsPort: settings.METRICS_PORT }, "serving");
  process.send?.("ready");

  const why = await stopAsked;
  stopping = true;
  logger.info({ why }, "stopping");
  await server.stop();
  await metricsServer.stop();
  await app.close();
  await store.close();
}
