import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";

/** Names of columns, all of them written in this room. */
function columnList(names: readonly string[], write = (column: string): string => column): Prisma.Sql {
  return Prisma.raw(names.map((name) => write(`"${name}"`)).join(", "));
}

/**
 * Inserts rows, all with the same columns, or writes `updated` columns of those that are there by `unique`. One JSON text holds
 * all rows: a cold start and a busy cluster write thousands, and Prisma works long on each value of them.
 */
export async function upsertRows(
  tx: Database,
  table: "acquisition" | "api" | "endpoint",
  rows: readonly object[],
  on: { readonly unique: readonly string[]; readonly updated: readonly string[] },
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = columnList(Object.keys(first));
  await tx.$executeRaw`
    INSERT INTO ${Prisma.raw(table)} (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::${Prisma.raw(table)}, ${JSON.stringify(rows)}::jsonb)
    ON CONFLICT (${columnList(on.unique)}) DO UPDATE
    SET ${columnList(on.updated, (column) => `${column} = EXCLUDED.${column}`)}`;
}
