import { randomUUID } from "node:crypto";
import type { Logger } from "../base/index.ts";
import type { PortalEvent } from "../contract/index.ts";
import type { Viewer } from "../model/index.ts";
import { listenEvents } from "../store/index.ts";
import type { Store, StoreEvent } from "../store/index.ts";
import { readEvent } from "../views/index.ts";

/** One open stream. */
export type Listener = {
  /** Who hears, as last confirmed. */
  readonly viewer: () => Viewer;
  readonly hear: (id: string, event: PortalEvent) => void;
  /** Something may have been missed: the other side must come again and read what it shows. */
  readonly restart: () => void;
};

export type EventHub = {
  /** Adds a listener; `lastEventId` gets it what it missed here since. Returns how to leave. */
  subscribe(listener: Listener, lastEventId: string | null): () => void;
  readonly size: () => number;
  close(): Promise<void>;
};

type Numbered = { readonly sequence: number; readonly event: StoreEvent };

const keptEventsMax = 256;

/**
 * The one ear of a process: a single LISTEN, whatever the number of streams, begun by the first. Each event is read once and
 * given to each listener by what that viewer may see at that moment; equal events that wait are one.
 */
export function createEventHub(options: {
  readonly store: Store;
  readonly databaseUrl: string;
  readonly logger: Logger;
}): EventHub {
  const boot = randomUUID().slice(0, 8);
  const listeners = new Set<Listener>();
  const waiting = new Map<string, Numbered>();
  const kept: Numbered[] = [];
  let sequence = 0;
  let draining = false;
  let wasLost = false;
  let ear: { stop(): Promise<void> } | null = null;

  const deliver = async ({ sequence: number, event }: Numbered, to: Iterable<Listener>): Promise<void> => {
    const read = await readEvent(options, event);
    for (const listener of to) {
      const heard = await read(listener.viewer());
      if (heard !== null) listener.hear(`${boot}-${String(number)}`, heard);
    }
  };

  const drain = async (): Promise<void> => {
    if (draining) return;
    draining = true;
    try {
      for (;;) {
        const next = waiting.entries().next();
        if (next.done === true) return;
        const [key, numbered] = next.value;
        waiting.delete(key);
        if (listeners.size > 0) await deliver(numbered, [...listeners]);
      }
    } finally {
      draining = false;
    }
  };

  const restartAll = (): void => {
    for (const listener of [...listeners]) listener.restart();
  };

  const onEvent = (event: StoreEvent): void => {
    sequence += 1;
    const numbered = { sequence, event };
    kept.push(numbered);
    if (kept.length > keptEventsMax) kept.shift();
    waiting.set(JSON.stringify(event), numbered);
    drain().catch((err: unknown) => {
      options.logger.error({ err }, "an event could not be delivered");
      restartAll();
    });
  };

  const onState = (state: "listening" | "lost"): void => {
    if (state === "lost") {
      wasLost = true;
      return;
    }
    if (!wasLost) return;
    wasLost = false;
    kept.length = 0;
    restartAll();
  };

  return {
    subscribe(listener, lastEventId) {
      ear ??= listenEvents({ databaseUrl: options.databaseUrl, onEvent, onState, logger: options.logger });
      listeners.add(listener);
      const heard = lastEventId?.startsWith(`${boot}-`) === true ? Number(lastEventId.slice(boot.length + 1)) : null;
      if (heard !== null) {
        const missed = kept.filter((numbered) => numbered.sequence > heard);
        const replay = async () => {
          for (const numbered of missed) await deliver(numbered, [listener]);
        };
        replay().catch((err: unknown) => {
          options.logger.error({ err }, "missed events could not be delivered");
          listener.restart();
        });
      }
      return () => {
        listeners.delete(listener);
      };
    },
    size: () => listeners.size,
    close: async () => {
      restartAll();
      listeners.clear();
      await ear?.stop();
      ear = null;
    },
  };
}
