import { announceVersion, listUpcoming, lockApi, setLifecycle } from "../store/index.ts";
import type { Store, VersionHead } from "../store/index.ts";

/**
 * Takes back announcements that no revision stands behind any more: a canary that was removed, or that serves something else
 * by now; in a transaction of its own. `servedContracts` are what the line's revisions beside the current one serve. Returns how many were taken back.
 */
export async function withdrawUpcoming(
  store: Store,
  { apiId, line }: { readonly apiId: string; readonly line: string },
  servedContracts: ReadonlySet<string>,
): Promise<number> {
  const isVoid = ({ contractDigest }: VersionHead): boolean => !servedContracts.has(contractDigest);
  // Most APIs have announced nothing; only where one has is a transaction worth its price.
  if (!(await listUpcoming(store.db, apiId, line)).some(isVoid)) return 0;
  return store.transaction(async (tx) => {
    await lockApi(tx, apiId);
    const withdrawn = (await listUpcoming(tx, apiId, line)).filter(isVoid);
    for (const version of withdrawn) await announceVersion(tx, await setLifecycle(tx, version, "superseded"));
    return withdrawn.length;
  });
}
