import { setTimeout as pause } from "node:timers/promises";

/** Resolves when the portal's first page answers; the caller watches for the end of its process meanwhile. */
export async function waitForFirstPage(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const res = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]) });
      await res.arrayBuffer();
      if (res.status < 500) return;
    } catch (err) {
      // Not listening yet: the only way to know is to ask again.
      if (signal.aborted) throw err;
    }
    await pause(150, undefined, { signal });
  }
}
