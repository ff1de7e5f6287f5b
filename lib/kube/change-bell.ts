export type ChangeBell = {
  ring(): void;
  subscribe(listener: () => void): () => void;
  stop(): void;
};

/**
 * Turns many changes into few calls: the first ring starts a short wait, and every listener is called once at its end. The
 * wait is not prolonged by further rings, so a busy cluster cannot silence it.
 */
export function createChangeBell(waitMs: number): ChangeBell {
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;

  function ringOut(): void {
    timer = undefined;
    for (const listener of [...listeners]) listener();
  }

  return {
    ring() {
      if (timer === undefined && listeners.size > 0) timer = setTimeout(ringOut, waitMs);
    },
    subscribe(listener) {
      // A wrapper of its own, so that one function may be subscribed twice and ended once.
      const call = (): void => {
        listener();
      };
      listeners.add(call);
      return () => listeners.delete(call);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
