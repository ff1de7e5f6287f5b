import { join } from "node:path";
import { prepareLiveCluster } from "../../examples/live-cluster.ts";
import { requireIssuer } from "../checks/issuer.ts";
import type { KeptSecrets } from "../embedded/kept-secrets.ts";
import { noteRunningDatabase } from "../embedded/running-database.ts";
import { unavailable } from "../failure.ts";
import { projectRoot } from "../project-root.ts";
import type { StartSettings } from "./compose-settings.ts";
import type { Embedding } from "./decide-embedding.ts";
import { waitForFirstPage } from "./first-page.ts";
import type { Progress } from "./progress.ts";
import { runTool } from "./run-tool.ts";
import type { Stack } from "./stack.ts";

export type Plan = {
  readonly embedding: Embedding;
  readonly settings: StartSettings;
  readonly secrets: KeptSecrets;
  readonly dataFolder: string;
  readonly clusterFolder: string;
  readonly dev: boolean;
};

async function startPostgres(plan: Plan, stack: Stack, progress: Progress): Promise<string> {
  if (plan.settings.databaseUrl !== null) return plan.settings.databaseUrl;
  const child = stack.launch("Postgres", "bin/embedded/postgres-process.ts", [join(plan.dataFolder, "postgres")], {});
  const message = await child.ready;
  const url: unknown =
    typeof message === "object" && message !== null ? Reflect.get(message, "databaseUrl") : undefined;
  if (typeof url !== "string") throw unavailable("The embedded Postgres did not say where it listens.");
  const forget = noteRunningDatabase(plan.dataFolder, url);
  void child.ended.then(forget);
  progress.step("Postgres answers.");
  return url;
}

async function startModels(plan: Plan, stack: Stack, progress: Progress): Promise<void> {
  if (!plan.embedding.cluster.embedded) return;
  await prepareLiveCluster(plan.clusterFolder, plan.settings.examples);
  await stack.launch("models", "examples/serve.ts", [], { GATEBOOK_DATA: plan.dataFolder }).ready;
  progress.step(`The example models answer at http://models.localhost:${String(plan.settings.examples.gatewayPort)}.`);
}

async function startSignIn(plan: Plan, stack: Stack, progress: Progress): Promise<void> {
  if (!plan.embedding.signIn.embedded) return;
  const { startEmbeddedOidc } = await import("../embedded/oidc/index.ts");
  const { oidcPort, publicUrl, issuer } = plan.settings;
  stack.add("sign-in", await startEmbeddedOidc({ port: oidcPort, publicUrl, secrets: plan.secrets }));
  progress.step(`The example sign-in answers at ${issuer}.`);
}

/**
 * Starts everything of a plan on a stack, as much at once as can be; resolves when the first page answers. What is configured
 * is tried before anything is started. Throws with one message where something cannot be started; the caller stops the stack.
 */
export async function bringUp(plan: Plan, stack: Stack, progress: Progress): Promise<void> {
  const { settings, dev } = plan;
  const tool = (script: string, what: string): Promise<void> =>
    runTool({
      script: join(projectRoot, "tools", script),
      cwd: projectRoot,
      what,
      signal: stack.signal,
      onLine: (line) => {
        progress.step(line);
      },
    });
  if (!plan.embedding.signIn.embedded) await requireIssuer(settings.issuer);
  await tool("prepare.mjs", "Preparing the database client");
  // Only now: the store's code is incomplete before.
  const { requireDatabase } = await import("../checks/database.ts");
  const { migrate } = await import("../../lib/store/index.ts");
  if (settings.databaseUrl !== null) await requireDatabase(settings.databaseUrl);

  const pages = dev ? null : tool("build.mjs", "Building the pages");
  const database = startPostgres(plan, stack, progress).then(async (databaseUrl) => {
    await migrate({ databaseUrl });
    progress.step("The database is migrated.");
    return databaseUrl;
  });
  const surroundings = Promise.all([database, startModels(plan, stack, progress), startSignIn(plan, stack, progress)]);
  const followed = surroundings.then(async ([databaseUrl]) => {
    const env = { ...settings.controller, DATABASE_URL: databaseUrl };
    await stack.launch("controller", "bin/gatebook.ts", ["controller"], env).ready;
    progress.step("The controller follows the cluster.");
    return databaseUrl;
  });
  const [databaseUrl] = await Promise.all([followed, pages]);
  await stack.launch("web", "bin/gatebook.ts", dev ? ["web", "--dev"] : ["web"], {
    ...settings.web,
    DATABASE_URL: databaseUrl,
    NODE_ENV: dev ? "development" : "production",
  }).ready;
  await waitForFirstPage(settings.localUrl, stack.signal);
}
