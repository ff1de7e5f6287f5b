import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startGateway } from "./gateway/start-gateway.ts";
import { prepareLiveCluster } from "./live-cluster.ts";
import { exampleModels } from "./models/catalogue.ts";
import { startModel } from "./models/serving/start-model.ts";
import { readExampleSettings } from "./settings.ts";
import type { ExampleSettings } from "./settings.ts";

/**
 * `node examples/serve.ts`: the example models, each a real HTTP server on its own port, and the gateway in front of them.
 * What each is asked is written to `<data>/requests.jsonl`, one JSON line a request.
 */
async function serve(data: string, settings: ExampleSettings): Promise<() => Promise<void>> {
  const cluster = join(data, "cluster");
  await mkdir(dirname(cluster), { recursive: true });
  await prepareLiveCluster(cluster, settings);
  const log = createWriteStream(join(data, "requests.jsonl"), { flags: "a" });
  const running: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.stop()));
    await new Promise<void>((resolve) => {
      log.end(() => {
        resolve();
      });
    });
  };
  try {
    for (const { portOffset, create } of exampleModels) {
      running.push(
        await startModel(create(), {
          port: settings.portBase + portOffset,
          onRequest: (entry) => log.write(`${JSON.stringify(entry)}\n`),
        }),
      );
    }
    running.push(await startGateway({ folder: cluster, port: settings.gatewayPort }));
  } catch (err) {
    await stop();
    throw err;
  }
  return stop;
}

function explain(err: unknown, settings: ExampleSettings | null): string {
  if (!(err instanceof Error)) return String(err);
  if (settings === null || !("code" in err) || err.code !== "EADDRINUSE" || !("port" in err)) return err.message;
  return err.port === settings.gatewayPort
    ? `Port ${String(err.port)}, for the example gateway, is taken: set EXAMPLES_GATEWAY_PORT to a free one.`
    : `Port ${String(err.port)}, for an example model, is taken: set EXAMPLES_PORT_BASE so that the twenty ports after it are free.`;
}

const data = process.env["GATEBOOK_DATA"] ?? fileURLToPath(new URL("../.gatebook", import.meta.url));
let settings: ExampleSettings | null = null;
try {
  settings = readExampleSettings(process.env);
  const stop = await serve(data, settings);
  if (process.send === undefined) {
    const { portBase, gatewayPort } = settings;
    process.stdout.write(
      `The example models answer on ports ${String(portBase + 1)} to ${String(portBase + 17)}, ` +
        `the gateway at http://models.localhost:${String(gatewayPort)}.\n`,
    );
  }
  process.send?.("ready");
  const end = (): void => {
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  // Where a parent started this process, it does not outlive the parent.
  process.once("disconnect", end);
} catch (err) {
  process.stderr.write(`${explain(err, settings)}\n`);
  process.exitCode = 1;
}
