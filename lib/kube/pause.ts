/** Half to whole of a wait that doubles with each failure, up to a maximum. */
export function backoffMs(failures: number, firstMs: number, maxMs: number): number {
  const wholeMs = Math.min(maxMs, firstMs * 2 ** Math.min(failures, 30));
  return wholeMs * (0.5 + Math.random() / 2);
}

/** Waits, or until the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms <= 0) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
