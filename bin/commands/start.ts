import { mkdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { requireFreePorts } from "../checks/ports.ts";
import { readOrMakeSecrets } from "../embedded/kept-secrets.ts";
import { dataFolderOf } from "../embedded/running-database.ts";
import { unavailable } from "../failure.ts";
import { bringUp } from "../start/bring-up.ts";
import type { Plan } from "../start/bring-up.ts";
import type { Ended } from "../start/child.ts";
import { composeSettings } from "../start/compose-settings.ts";
import { decideEmbedding } from "../start/decide-embedding.ts";
import { createProgress } from "../start/progress.ts";
import { createStack } from "../start/stack.ts";
import { untilStopped } from "../until-stopped.ts";

async function makePlan(dev: boolean): Promise<Plan> {
  const dataFolder = resolve(dataFolderOf(process.env));
  const nearby = relative(process.cwd(), dataFolder);
  const embedding = decideEmbedding(process.env, nearby.startsWith("..") ? dataFolder : nearby);
  await mkdir(dataFolder, { recursive: true });
  const secrets = await readOrMakeSecrets(join(dataFolder, "secrets.json"));
  const clusterFolder = join(dataFolder, "cluster");
  const settings = composeSettings({ variables: process.env, embedding, secrets, clusterFolder });
  return { embedding, settings, secrets, dataFolder, clusterFolder, dev };
}

function throwEnd({ name, code, signal }: Ended): never {
  throw unavailable(`${name} ended by itself (${signal ?? `exit code ${String(code)}`}); everything else was stopped.`);
}

/**
 * `gatebook start`: everything that a portal needs, embedding what is not configured. Resolves when it was asked to stop and
 * nothing runs any more; throws where something could not be started or ended by itself, after stopping the rest.
 */
export async function start(options: { readonly dev: boolean; readonly version: string }): Promise<void> {
  const progress = createProgress();
  const plan = await makePlan(options.dev);
  const { embedding, settings } = plan;
  progress.say(`Gatebook ${options.version}`);
  progress.say(`  database  ${embedding.database.says}`);
  progress.say(`  cluster   ${embedding.cluster.says}`);
  progress.say(`  sign-in   ${embedding.signIn.says}`);
  await requireFreePorts(settings.ports);

  const stack = createStack(progress, (process.env["LOG_LEVEL"] ?? "") !== "");
  const asked = untilStopped(() => {
    progress.complain("Ended by force.");
    stack.kill();
    process.exit(1);
  });
  const begun = bringUp(plan, stack, progress);
  try {
    const up = begun.then(() => true);
    const stop = asked.then(() => false);
    const died = stack.firstEnd.then(throwEnd);
    if (await Promise.race([up, stop, died])) {
      progress.say("");
      progress.say(`Gatebook is at ${settings.publicUrl} after ${progress.seconds().toFixed(0)} s.`);
      progress.say("Ctrl-C stops it; the data stays.");
      await Promise.race([stop, died]);
    }
    progress.say("Stopping …");
  } finally {
    await stack.stop();
    // What was still being started when the stop came has to be stopped as well.
    await begun.catch(() => undefined);
    await stack.stop();
  }
  progress.say("Stopped.");
}
