import type { VisibilityFilter } from "../model/index.ts";
import { Prisma } from "./generated/client.ts";

/** The condition that leaves out every row of `api`, under this alias, that does not exist for the viewer. */
export function visibleTo(filter: VisibilityFilter, alias: "api" | "other"): Prisma.Sql {
  if (filter.kind === "everything") return Prisma.sql`TRUE`;
  const at = Prisma.raw(alias);
  const kinds = filter.signedIn ? ["public", "signed-in"] : ["public"];
  const groups = [...filter.groups];
  return Prisma.sql`(
    ${at}."visibility" = ANY(${kinds}::text[])
    OR (${at}."visibility" = 'groups' AND ${at}."visibilityGroups" && ${groups}::text[])
    OR ${at}."owner" = ANY(${groups}::text[])
  )`;
}
