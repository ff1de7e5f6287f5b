import type { Clock, Logger } from "../base/index.ts";
import { systemClock } from "../base/index.ts";
import { keepObserved } from "../catalog/index.ts";
import type { ControllerSettings } from "../env/index.ts";
import { openKubernetes, openManifests } from "../kube/index.ts";
import type { ClusterReader } from "../kube/index.ts";
import { createMailTask, createTeller } from "../notices/index.ts";
import { watchedKinds } from "../sources/index.ts";
import { openStore, requireMigrated, runJobs, tryLeaderLock } from "../store/index.ts";
import type { LeaderLock, Store } from "../store/index.ts";
import { createClusterEdges } from "./cluster-edges.ts";
import { openDescriptionThread } from "./description-thread.ts";
import { createGate } from "./gate.ts";
import { startHealthServer } from "./health-server.ts";
import { lead } from "./lead.ts";
import { loadMemory } from "./memory.ts";
import { controllerMetrics } from "./metrics.ts";

export type ControllerOptions = {
  readonly settings: ControllerSettings;
  readonly logger: Logger;
  readonly clock?: Clock;
};

/** A lock that another holds, or a database that does not answer, is asked for again this often. */
const standbyMs = 1_000;
const askLimits = { overall: 16, perHost: 2 } as const;

function openReader({ settings, logger, clock = systemClock }: ControllerOptions): ClusterReader {
  const common = { cluster: settings.CLUSTER_NAME, kinds: watchedKinds, logger, clock };
  if (settings.GATEBOOK_MANIFESTS !== undefined)
    return openManifests({ ...common, folder: settings.GATEBOOK_MANIFESTS });
  return openKubernetes({
    ...common,
    keep: keepObserved,
    ...(settings.KUBECONFIG === undefined ? {} : { kubeconfigPath: settings.KUBECONFIG }),
  });
}

/** A pause that ends early when the controller stops. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}

/** Sends queued mail; the queue is opened again when it ends, as it does where the database is away for long. */
async function runMail(options: ControllerOptions, store: Store, signal: AbortSignal): Promise<void> {
  const { settings, logger } = options;
  if (settings.SMTP_URL === undefined) return;
  const mail = createMailTask({
    store,
    smtpUrl: settings.SMTP_URL,
    from: settings.SMTP_FROM,
    publicUrl: settings.PUBLIC_URL,
    adminGroups: settings.GATEBOOK_ADMIN_GROUPS,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
  while (!signal.aborted) {
    try {
      const jobs = await runJobs({ databaseUrl: settings.DATABASE_URL, logger, tasks: { "mail-notice": mail.run } });
      await Promise.race([jobs.ended, stopped]);
      await jobs.stop();
    } catch (err) {
      logger.warn({ err }, "the job queue cannot be opened; it is tried again");
    }
    await pause(standbyMs, signal);
  }
  mail.close();
}

/**
 * Starts the controller of one cluster: it stands by until it holds the leader's lock, then follows the cluster until it loses
 * the lock or is stopped. Resolves when its health and metrics answer; a database or a cluster that is away later is waited
 * for. Throws a `configuration` error where the settings cannot be used or the database is not migrated, and where the metrics
 * port is taken.
 */
export async function startController(options: ControllerOptions): Promise<{ stop(): Promise<void> }> {
  const { settings, clock = systemClock } = options;
  await requireMigrated({ databaseUrl: settings.DATABASE_URL });
  const logger = options.logger.child({ room: "controller", cluster: settings.CLUSTER_NAME });
  const store = openStore({ databaseUrl: settings.DATABASE_URL });
  const reader = openReader(options);
  const edges = createClusterEdges(reader, settings);
  const thread = openDescriptionThread({ bytesMax: settings.DESCRIPTION_BYTES_MAX });
  const tellFollowers = createTeller({
    adminGroups: settings.GATEBOOK_ADMIN_GROUPS,
    mail: settings.SMTP_URL !== undefined,
  });
  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
  let starting: Promise<void> | null = null;

  async function leadOnce(lock: LeaderLock): Promise<void> {
    const isLeading = (): boolean => lock.isHeld() && !signal.aborted;
    // A standby watches nothing; who once led keeps its lists, so that it is quick when it leads again.
    starting ??= reader.start();
    const ended = Promise.race([lock.ended, stopped]);
    await Promise.race([starting, ended]);
    if (!isLeading()) return;
    const memory = await loadMemory(store.db, settings.CLUSTER_NAME);
    logger.info("leading");
    controllerMetrics.leading.set(1);
    const gate = createGate(askLimits);
    await lead({ store, edges, memory, thread, gate, tellFollowers, clock, logger, isLeading, ended });
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      let lock: LeaderLock | null = null;
      try {
        lock = await tryLeaderLock({ databaseUrl: settings.DATABASE_URL, cluster: settings.CLUSTER_NAME });
        if (lock !== null) await leadOnce(lock);
      } catch (err) {
        if (!signal.aborted) logger.warn({ err }, "the lead is lost; it is tried again");
      } finally {
        controllerMetrics.leading.set(0);
        await lock?.release();
      }
      await pause(standbyMs * (0.5 + Math.random()), signal);
    }
  }

  const health = await startHealthServer({ host: settings.HOST, port: settings.METRICS_PORT, store });
  const running = [run(), runMail(options, store, signal)];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
      await reader.stop();
      await thread.stop();
      await health.stop();
      await store.close();
    },
  };
}
