import { Prisma } from "./generated/client.ts";

/** Prisma's names for a database that is away, busy beyond its limit, or that hung up. */
const codes = new Set(["P1000", "P1001", "P1002", "P1003", "P1008", "P1011", "P1017", "P2024", "P2028", "P2037"]);
const networkCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "ETIMEDOUT",
  "EPIPE",
  "57P01",
  "57P03",
  "53300",
]);

/** Whether a thrown error means that the database cannot be used now and may be later. */
export function isStoreUnavailable(err: unknown): boolean {
  if (err instanceof Prisma.PrismaClientInitializationError) return true;
  if (err instanceof Prisma.PrismaClientKnownRequestError && codes.has(err.code)) return true;
  if (!(err instanceof Error)) return false;
  if ("code" in err && typeof err.code === "string" && networkCodes.has(err.code)) return true;
  if (/Connection terminated|timeout exceeded when trying to connect|Can't reach database/i.test(err.message))
    return true;
  return err.cause !== undefined && err.cause !== err && isStoreUnavailable(err.cause);
}
