/** Lets work through, at most so many at once over all and so many for one host. */
export type Gate = { run<Result>(host: string, work: () => Promise<Result>): Promise<Result> };

export function createGate(limits: { readonly overall: number; readonly perHost: number }): Gate {
  const waiting: { readonly host: string; readonly start: () => void }[] = [];
  const active = new Map<string, number>();
  let total = 0;

  const next = (): void => {
    while (total < limits.overall) {
      const index = waiting.findIndex(({ host }) => (active.get(host) ?? 0) < limits.perHost);
      const [entry] = index < 0 ? [] : waiting.splice(index, 1);
      if (entry === undefined) return;
      total += 1;
      active.set(entry.host, (active.get(entry.host) ?? 0) + 1);
      entry.start();
    }
  };
  const leave = (host: string): void => {
    total -= 1;
    const left = (active.get(host) ?? 1) - 1;
    if (left === 0) active.delete(host);
    else active.set(host, left);
    next();
  };
  return {
    async run(host, work) {
      await new Promise<void>((start) => {
        waiting.push({ host, start });
        next();
      });
      try {
        return await work();
      } finally {
        leave(host);
      }
    },
  };
}
