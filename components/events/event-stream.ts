import { eventTypes, readPortalEvent } from "./portal-signal.ts";
import type { PortalSignal, StreamState } from "./portal-signal.ts";

type ChannelMessage =
  | { readonly kind: "signal"; readonly signal: PortalSignal }
  | { readonly kind: "state"; readonly state: StreamState }
  | { readonly kind: "ask" };

export type EventStream = {
  readonly start: () => () => void;
  readonly subscribe: (listener: (signal: PortalSignal) => void) => () => void;
  /** Tells this tab and the others. */
  readonly say: (signal: PortalSignal) => void;
  readonly state: () => StreamState;
  readonly subscribeState: (listener: () => void) => () => void;
};

const path = "/api/v1/events";
const retryMsMin = 1_000;
const retryMsMax = 30_000;

/**
 * One stream of events for all tabs of a browser: the tab that holds a Web Lock keeps the connection and passes on what it
 * hears; when that tab closes, the lock and the connection go to another. Without locks (plain HTTP on a foreign host)
 * each tab has its own. `viewerKey` keeps what one person hears from the tabs of another after a change of account.
 */
export function createEventStream(viewerKey: string, signedIn: boolean): EventStream {
  const listeners = new Set<(signal: PortalSignal) => void>();
  const stateListeners = new Set<() => void>();
  let current: StreamState = "connecting";
  let channel: BroadcastChannel | null = null;
  let leading = false;

  const hear = (signal: PortalSignal) => {
    for (const listener of listeners) listener(signal);
  };
  const say = (signal: PortalSignal) => {
    hear(signal);
    channel?.postMessage({ kind: "signal", signal } satisfies ChannelMessage);
  };
  const setState = (state: StreamState) => {
    if (state === current) return;
    current = state;
    for (const listener of stateListeners) listener();
    if (leading) channel?.postMessage({ kind: "state", state } satisfies ChannelMessage);
  };

  const start = () => {
    const stopping = new AbortController();
    const name = `gatebook-events:${viewerKey}`;
    channel = new BroadcastChannel(name);
    channel.onmessage = (message: MessageEvent<ChannelMessage>) => {
      switch (message.data.kind) {
        case "signal":
          return hear(message.data.signal);
        case "state":
          return leading ? undefined : setState(message.data.state);
        case "ask":
          return leading ? channel?.postMessage({ kind: "state", state: current } satisfies ChannelMessage) : undefined;
      }
    };
    channel.postMessage({ kind: "ask" } satisfies ChannelMessage);
    const lead = () => {
      leading = true;
      return keepConnected({ signedIn, signal: stopping.signal, say, setState });
    };
    // A page that is leaving loses its locks; that, and stopping, are the only ways in which this ends.
    if ("locks" in navigator) navigator.locks.request(name, { signal: stopping.signal }, lead).catch(ignoreAbort);
    else void lead();
    return () => {
      stopping.abort();
      leading = false;
      channel?.close();
      channel = null;
    };
  };

  return {
    start,
    say,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => current,
    subscribeState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
  };
}

function ignoreAbort(err: unknown): void {
  if (!(err instanceof DOMException)) throw err;
}

/**
 * Holds a connection until `signal` aborts or the session ends. A connection that breaks is taken up again by the browser,
 * which says what it heard last; one that was refused is tried again here, more and more rarely.
 */
function keepConnected(options: {
  readonly signedIn: boolean;
  readonly signal: AbortSignal;
  readonly say: (signal: PortalSignal) => void;
  readonly setState: (state: StreamState) => void;
}): Promise<void> {
  const { signedIn, signal, say, setState } = options;
  return new Promise((resolve) => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let refusals = 0;
    let wasLive = false;

    const onMessage = (message: MessageEvent) => {
      const event = readPortalEvent(message.data);
      if (event !== null) say(event);
    };
    const open = () => {
      const opened = new EventSource(path);
      source = opened;
      for (const type of eventTypes) opened.addEventListener(type, onMessage);
      opened.addEventListener("expired", () => {
        opened.close();
        say({ type: "session-expired" });
      });
      opened.onopen = () => {
        refusals = 0;
        setState("live");
        if (wasLive) say({ type: "reconnected" });
        wasLive = true;
      };
      opened.onerror = () => {
        setState("offline");
        if (opened.readyState !== EventSource.CLOSED) return;
        refusals += 1;
        if (signedIn) void askWhetherSessionEnded(say);
        const delayMs = Math.min(retryMsMax, retryMsMin * 2 ** (refusals - 1)) * (0.5 + Math.random() / 2);
        clearTimeout(timer);
        timer = setTimeout(open, delayMs);
      };
    };
    const reopenNow = () => {
      if (source?.readyState === EventSource.OPEN) return;
      clearTimeout(timer);
      source?.close();
      open();
    };
    window.addEventListener("online", reopenNow);
    signal.addEventListener("abort", () => {
      window.removeEventListener("online", reopenNow);
      clearTimeout(timer);
      source?.close();
      resolve();
    });
    open();
  });
}

/** A stream that ended may have ended with the session; an answer of 401 to something harmless tells. */
async function askWhetherSessionEnded(say: (signal: PortalSignal) => void): Promise<void> {
  try {
    const answer = await fetch("/api/v1/notices?limit=1");
    if (answer.status === 401) say({ type: "session-expired" });
  } catch (err) {
    // Offline: there is nobody to ask, and the state says so already.
    if (!(err instanceof TypeError)) throw err;
  }
}
