import { canPublish } from "../access/index.ts";
import type { Viewer } from "../model/index.ts";
import type { ApiRow, Database } from "../store/index.ts";
import { notThere, refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { seenApi } from "./seen-api.ts";

/** The API that somebody wants to publish for, or why not. */
export async function publishableApi(
  db: Database,
  viewer: Viewer,
  id: string,
): Promise<{ readonly kind: "api"; readonly row: ApiRow } | Refusal> {
  const row = await seenApi(db, viewer, id);
  if (row === null) return notThere;
  const decision = canPublish(viewer, { ...row.api, retired: row.api.retiredAt !== null });
  if (decision.allowed) return { kind: "api", row };
  return refuse(viewer.kind === "anonymous" ? "unauthenticated" : "forbidden", decision.reason);
}
