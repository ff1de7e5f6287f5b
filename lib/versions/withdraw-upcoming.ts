import { announceVersion, listUpcoming, setLifecycle } from "../store/index.ts";
import type { Database } from "../store/index.ts";

/**
 * Takes back announcements that no revision stands behind any more: a canary that was removed, or that serves something else
 * by now. `servedContracts` are what the revisions beside the current one serve. Returns how many were taken back.
 */
export async function withdrawUpcoming(
  tx: Database,
  apiId: string,
  servedContracts: ReadonlySet<string>,
): Promise<number> {
  const withdrawn = (await listUpcoming(tx, apiId)).filter(
    ({ contractDigest }) => !servedContracts.has(contractDigest),
  );
  for (const version of withdrawn) await announceVersion(tx, await setLifecycle(tx, version, "superseded"));
  return withdrawn.length;
}
