/** Runs work for names, each name's one after the other, and at most so many at once over all. */
export type Lanes = {
  /**
   * Asks that the work for this name be done once more from now on. Work that is asked for while it waits is done once;
   * while it runs, it is done again afterwards.
   */
  want(name: string): void;
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>;
};

/** `work` never rejects: what fails in it is its own affair. */
export function createLanes(concurrency: number, work: (name: string) => Promise<void>): Lanes {
  const waiting = new Set<string>();
  const running = new Set<string>();
  let onIdle: (() => void)[] = [];

  const next = (): void => {
    for (const name of waiting) {
      if (running.size >= concurrency) return;
      if (running.has(name)) continue;
      waiting.delete(name);
      running.add(name);
      void work(name).finally(() => {
        running.delete(name);
        next();
      });
    }
    if (running.size > 0 || waiting.size > 0) return;
    const listeners = onIdle;
    onIdle = [];
    for (const listener of listeners) listener();
  };

  return {
    want: (name) => {
      waiting.add(name);
      next();
    },
    idle: () =>
      running.size === 0 && waiting.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            onIdle.push(resolve);
          }),
  };
}
