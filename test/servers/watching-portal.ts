import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import { startEmbeddedPostgres } from "../../bin/embedded/postgres.ts";
import { startController } from "../../lib/controller/index.ts";
import { createLogger } from "../../lib/base/index.ts";
import { controllerSettings, readSettings } from "../../lib/env/index.ts";
import type { JsonObject, Viewer } from "../../lib/model/index.ts";
import { listAcquisitions, migrate, openStore } from "../../lib/store/index.ts";
import type { KeptAcquisition } from "../../lib/store/index.ts";
import { getApi, getDescription, listOperations } from "../../lib/views/index.ts";
import type { ConsumerOperation } from "../../lib/views/index.ts";
import { waitUntil } from "../integration/wait-until.ts";

const hourMs = 3_600_000;
const admin: Viewer = {
  kind: "person",
  userId: "00000000-0000-7000-8000-000000000001",
  name: "Ada Admin",
  email: null,
  role: "admin",
  groups: ["platform"],
  via: "session",
};

/** What the catalogue says of one API, as the portal's pages get it. */
export type CatalogueEntry = {
  readonly server: string | null;
  readonly protocol: string;
  readonly state: string;
  readonly origin: string;
  readonly operations: readonly ConsumerOperation[];
  /** As consumers read it; null where there is none. */
  readonly document: JsonObject | null;
  readonly acquisition: KeptAcquisition | null;
};

type ApiName = { readonly kind: string; readonly name: string };

/** The real controller on a real Postgres, with a clock that a test moves forward. */
export type WatchingPortal = {
  hoursLater(hours: number): void;
  /** Ends the controller and starts another, which remembers what the database does. */
  restart(): Promise<void>;
  read(of: ApiName): Promise<CatalogueEntry | null>;
  /** Waits until an API was asked and what came of it is what is waited for. */
  waitUntilAsked(of: ApiName, isSettled: (entry: CatalogueEntry) => boolean): Promise<CatalogueEntry>;
  stop(): Promise<void>;
};

/** Starts both; the controller uses the kubeconfig's account and no other right. */
export async function startWatchingPortal(folder: string, kubeconfigPath: string): Promise<WatchingPortal> {
  const data = path.join(folder, "postgres");
  mkdirSync(data, { recursive: true });
  for (const place of [folder, data]) chmodSync(place, 0o755);
  const postgres = await startEmbeddedPostgres({ folder: data, disposable: true });
  const { databaseUrl } = postgres;
  await migrate({ databaseUrl });
  const store = openStore({ databaseUrl });
  let aheadMs = 0;
  const start = () =>
    startController({
      settings: readSettings(controllerSettings, {
        DATABASE_URL: databaseUrl,
        KUBECONFIG: kubeconfigPath,
        CLUSTER_NAME: "servers",
        METRICS_PORT: "0",
        HOST: "127.0.0.1",
      }),
      logger: createLogger("controller", "warn"),
      clock: () => new Date(Date.now() + aheadMs),
    });
  let controller = await start();
  async function read({ kind, name }: ApiName): Promise<CatalogueEntry | null> {
    const found = await store.db.api.findFirst({ where: { kind, name, retiredAt: null }, select: { id: true } });
    const api = found === null ? null : await getApi({ store }, admin, found.id);
    if (found === null || api === null) return null;
    const [operations, description, acquisitions] = await Promise.all([
      listOperations({ store }, admin, found.id, "current"),
      getDescription({ store }, admin, found.id, "current", { view: "public", line: undefined }),
      listAcquisitions(store.db, { apiId: found.id }),
    ]);
    return {
      server: api.server,
      protocol: api.protocol,
      state: api.state,
      origin: api.origin,
      operations: operations?.items ?? [],
      document: description?.document ?? null,
      acquisition: acquisitions[0] ?? null,
    };
  }

  return {
    hoursLater(hours) {
      aheadMs += hours * hourMs;
    },
    async restart() {
      await controller.stop();
      controller = await start();
    },
    read,
    async waitUntilAsked(of, isSettled) {
      let last: CatalogueEntry | null = null;
      const look = async (): Promise<CatalogueEntry | null> => {
        last = await read(of);
        return last !== null && isSettled(last) ? last : null;
      };
      const describe = (): unknown => (last === null ? "not in the catalogue" : { ...last, document: null });
      return waitUntil(`${of.kind} ${of.name} to be asked`, look, { timeoutMs: 60_000, everyMs: 200, describe });
    },
    async stop() {
      await controller.stop();
      await store.close();
      await postgres.stop();
    },
  };
}
