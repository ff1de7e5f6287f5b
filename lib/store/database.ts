import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";
import type { Prisma } from "./generated/client.ts";

/** What repositories take: the pool, or one transaction of it. Opaque outside this room. */
export type Database = PrismaClient | Prisma.TransactionClient;

/** An open pool of connections to the one Postgres that the roles meet in. */
export type Store = {
  readonly db: Database;
  /** Runs everything or nothing; serialisation failures and deadlocks are thrown, for the caller to run again. */
  transaction<Result>(run: (tx: Database) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

/** Opens the pool lazily: the first query connects. `poolSizeMax` counts connections. */
export function openStore(options: { readonly databaseUrl: string; readonly poolSizeMax?: number }): Store {
  const client = new PrismaClient({
    adapter: new PrismaPg({
      connectionString: options.databaseUrl,
      max: options.poolSizeMax ?? 10,
      connectionTimeoutMillis: 5_000,
    }),
  });
  return {
    db: client,
    transaction: (run) => client.$transaction(run, { maxWait: 5_000, timeout: 30_000 }),
    close: () => client.$disconnect(),
  };
}
