import type { TokenView } from "../contract/index.ts";
import type { Viewer } from "../model/index.ts";
import { listPersonTokens } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { showToken } from "./show-token.ts";

/** A person's own access tokens, the newest first; nobody else has any. */
export async function listTokens(deps: ViewDeps, viewer: Viewer): Promise<{ readonly items: TokenView[] }> {
  if (viewer.kind !== "person") return { items: [] };
  const tokens = await listPersonTokens(deps.store.db, viewer.userId);
  return { items: tokens.map((token) => showToken(token, viewer)) };
}
