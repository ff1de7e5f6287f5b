import { metrics } from "../../lib/base/index.ts";
import { listen } from "./http-server.ts";
import type { Handler } from "./http-server.ts";

/** `/metrics` beside the same health answers as on the main port; port 0 switches it off. */
export async function startMetricsServer(options: {
  readonly host: string;
  readonly port: number;
  readonly health: Handler;
  readonly onFailure: (err: unknown) => void;
}): Promise<{ stop(): Promise<void> }> {
  if (options.port === 0) return { stop: async () => undefined };
  return listen(async (req, res) => {
    if (req.url === "/metrics") {
      res.writeHead(200, { "content-type": metrics.contentType }).end(await metrics.metrics());
      return;
    }
    await options.health(req, res);
  }, options);
}
