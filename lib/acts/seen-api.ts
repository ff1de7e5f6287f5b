import { visibilityFilter } from "../access/index.ts";
import type { Viewer } from "../model/index.ts";
import { readApis } from "../store/index.ts";
import type { ApiRow, Database } from "../store/index.ts";

/** The API that an act is about, or null where it is absent or hidden. */
export async function seenApi(db: Database, viewer: Viewer, id: string): Promise<ApiRow | null> {
  if (id.includes("\0")) return null;
  const [row] = await readApis(db, visibilityFilter(viewer), [id], null);
  return row ?? null;
}
