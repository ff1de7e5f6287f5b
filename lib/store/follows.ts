import type { FollowLevel } from "../model/index.ts";
import type { Database } from "./database.ts";

/** Follows an API, or changes how much of it is told. */
export async function upsertFollow(
  db: Database,
  follow: { readonly userId: string; readonly apiId: string; readonly level: FollowLevel },
): Promise<void> {
  const { userId, apiId, level } = follow;
  await db.follow.upsert({
    where: { userId_apiId: { userId, apiId } },
    create: { userId, apiId, level },
    update: { level },
  });
}

/** Stops following; false where the person did not follow. */
export async function deleteFollow(
  db: Database,
  follow: { readonly userId: string; readonly apiId: string },
): Promise<boolean> {
  const { count } = await db.follow.deleteMany({ where: { userId: follow.userId, apiId: follow.apiId } });
  return count > 0;
}

/** How many people follow an API; those who asked for silence are not counted. */
export async function countFollowers(db: Database, apiId: string): Promise<number> {
  return db.follow.count({ where: { apiId, level: { not: "none" } } });
}
