import { mkdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { prepareLiveCluster } from "../../examples/live-cluster.ts";
import { requireIssuer } from "../checks/issuer.ts";
import { requireFreePorts } from "../checks/ports.ts";
import { readOrMakeSecrets } from "../embedded/kept-secrets.ts";
import { unavailable } from "../failure.ts";
import { projectRoot } from "../project-root.ts";
import { runTool } from "../start/build.ts";
import { startChild } from "../start/child.ts";
import type { Child, Ended } from "../start/child.ts";
import { composeSettings } from "../start/compose-settings.ts";
import { decideEmbedding } from "../start/decide-embedding.ts";
import { waitForFirstPage } from "../start/first-page.ts";
import { readableLine } from "../start/log-line.ts";
import { createProgress } from "../start/progress.ts";
import { untilStopped } from "../until-stopped.ts";

const module = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The parts in the order in which they stop. */
const stopOrder = ["web", "controller", "models", "sign-in", "Postgres"] as const;
type PartName = (typeof stopOrder)[number];

function endedText({ name, code, signal }: Ended): string {
  return `${name} ended by itself (${signal ?? `exit code ${String(code)}`}); everything else was stopped.`;
}

/**
 * `gatebook start`: everything that a portal needs, embedding what is not configured. Resolves when it was asked to stop and
 * nothing runs any more; throws where something could not be started or ended by itself, after stopping the rest.
 */
export async function start(options: { readonly dev: boolean; readonly version: string }): Promise<void> {
  const progress = createProgress();
  const dataFolder = resolve(process.env["GATEBOOK_DATA"] ?? join(projectRoot, ".gatebook"));
  const shownFolder = relative(process.cwd(), dataFolder) || dataFolder;
  const embedding = decideEmbedding(process.env, shownFolder.startsWith("..") ? dataFolder : shownFolder);
  await mkdir(dataFolder, { recursive: true });
  const secrets = await readOrMakeSecrets(join(dataFolder, "secrets.json"));
  const clusterFolder = join(dataFolder, "cluster");
  const settings = composeSettings({ variables: process.env, embedding, secrets, clusterFolder });

  progress.say(`Gatebook ${options.version}`);
  progress.say(`  database  ${embedding.database.says}`);
  progress.say(`  cluster   ${embedding.cluster.says}`);
  progress.say(`  sign-in   ${embedding.signIn.says}`);
  await requireFreePorts(settings.ports);

  const running = new Map<PartName, { stop(): Promise<void>; kill?: () => void }>();
  const ends: Promise<Ended>[] = [];
  const abort = new AbortController();
  let stopping = false;

  const launch = (name: PartName, path: string, args: readonly string[], env: Record<string, string>): Child => {
    if (abort.signal.aborted) throw unavailable("The start was stopped.");
    const child = startChild({
      name,
      module: module(path),
      args,
      cwd: projectRoot,
      env: { ...process.env, ...env },
      onLine: (line) => {
        if (!stopping) progress.complain(readableLine(name, line));
      },
    });
    running.set(name, child);
    ends.push(child.ended);
    return child;
  };

  const startPostgres = async (): Promise<string> => {
    if (settings.databaseUrl !== null) return settings.databaseUrl;
    const child = launch("Postgres", "../embedded/postgres-process.ts", [join(dataFolder, "postgres")], {});
    const message = await child.ready;
    const url: unknown =
      typeof message === "object" && message !== null ? Reflect.get(message, "databaseUrl") : undefined;
    if (typeof url !== "string") throw unavailable("The embedded Postgres did not say where it listens.");
    progress.step("Postgres answers.");
    return url;
  };

  const startModels = async (): Promise<void> => {
    if (!embedding.cluster.embedded) return;
    await prepareLiveCluster(clusterFolder, settings.examples);
    const child = launch("models", "../../examples/serve.ts", [], { GATEBOOK_DATA: dataFolder });
    await child.ready;
    progress.step(`The example models answer at http://models.localhost:${String(settings.examples.gatewayPort)}.`);
  };

  const startSignIn = async (): Promise<void> => {
    if (!embedding.signIn.embedded) {
      await requireIssuer(settings.issuer);
      return;
    }
    const { startEmbeddedOidc } = await import("../embedded/oidc/index.ts");
    running.set(
      "sign-in",
      await startEmbeddedOidc({ port: settings.oidcPort, publicUrl: settings.publicUrl, secrets }),
    );
    progress.step(`The example sign-in answers at ${settings.issuer}.`);
  };

  const tool = (script: string, what: string): Promise<void> =>
    runTool({
      script: join(projectRoot, "tools", script),
      cwd: projectRoot,
      what,
      signal: abort.signal,
      onLine: (line) => {
        progress.step(line);
      },
    });

  const bringUp = async (): Promise<void> => {
    const client = tool("prepare.mjs", "Preparing the database client");
    const pages = options.dev ? client : client.then(() => tool("build.mjs", "Building the pages"));
    const database = Promise.all([startPostgres(), client]).then(async ([databaseUrl]) => {
      const { requireDatabase } = await import("../checks/database.ts");
      const { migrate } = await import("../../lib/store/index.ts");
      await requireDatabase(databaseUrl);
      await migrate({ databaseUrl });
      progress.step("The database is migrated.");
      return databaseUrl;
    });
    const surroundings = Promise.all([database, startModels(), startSignIn()]).then(async ([databaseUrl]) => {
      const child = launch("controller", "../gatebook.ts", ["controller"], {
        ...settings.controller,
        DATABASE_URL: databaseUrl,
      });
      await child.ready;
      progress.step("The controller follows the cluster.");
      return databaseUrl;
    });
    const [databaseUrl] = await Promise.all([surroundings, pages]);
    const web = launch("web", "../gatebook.ts", options.dev ? ["web", "--dev"] : ["web"], {
      ...settings.web,
      DATABASE_URL: databaseUrl,
      NODE_ENV: options.dev ? "development" : "production",
    });
    await web.ready;
    await waitForFirstPage(`http://127.0.0.1:${String(settings.port)}/`, abort.signal);
  };

  const stopAll = async (): Promise<void> => {
    stopping = true;
    abort.abort();
    for (const name of stopOrder) await running.get(name)?.stop();
  };

  const asked = untilStopped(() => {
    progress.complain("Ended by force.");
    for (const part of running.values()) part.kill?.();
    process.exit(1);
  });
  const failedEnd = async (): Promise<never> => {
    // Which children there are is known only as they start; look at the first that ended now and then.
    for (;;) {
      const first = await Promise.race([...ends, new Promise<null>((again) => setTimeout(again, 250, null).unref())]);
      if (first !== null && !stopping) throw unavailable(endedText(first));
      if (first !== null) await new Promise<never>(() => undefined);
    }
  };

  const begun = bringUp();
  try {
    const outcome = await Promise.race([
      begun.then(() => "up" as const),
      asked.then(() => "stop" as const),
      failedEnd(),
    ]);
    if (outcome === "up") {
      progress.say("");
      progress.say(
        `Gatebook is at ${settings.publicUrl} after ${progress.seconds().toFixed(0)} s. Ctrl-C stops it; the data stays.`,
      );
      await Promise.race([asked, failedEnd()]);
    }
    progress.say("Stopping …");
  } finally {
    const settled = begun.catch(() => undefined);
    await stopAll();
    // What was still being started when the stop came has to be stopped as well.
    await settled;
    await stopAll();
  }
  progress.say("Stopped.");
}
