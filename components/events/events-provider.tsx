"use client";

import { createContext, useContext, useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import { createEventStream } from "./event-stream.ts";
import type { EventStream } from "./event-stream.ts";
import type { PortalSignal, StreamState } from "./portal-signal.ts";

const EventsContext = createContext<EventStream | null>(null);

/** Opens the stream of events for everything below. `viewerKey` names who is signed in; "" for nobody. */
export function EventsProvider({ viewerKey, children }: { readonly viewerKey: string; readonly children: ReactNode }) {
  const [stream] = useState(() => createEventStream(viewerKey, viewerKey !== ""));
  useEffect(() => stream.start(), [stream]);
  return <EventsContext value={stream}>{children}</EventsContext>;
}

function useStream(): EventStream {
  const stream = useContext(EventsContext);
  if (stream === null) throw new Error("EventsProvider is missing above this component.");
  return stream;
}

/** Calls `listener` for each signal while the component is mounted. */
export function usePortalSignals(listener: (signal: PortalSignal) => void): void {
  const stream = useStream();
  const onSignal = useEffectEvent(listener);
  useEffect(() => stream.subscribe((signal) => onSignal(signal)), [stream]);
}

/** For telling this tab and the others something that happened here. */
export function useSay(): (signal: PortalSignal) => void {
  return useStream().say;
}

/** Whether news arrives at the moment. */
export function useStreamState(): StreamState {
  const stream = useStream();
  return useSyncExternalStore(stream.subscribeState, stream.state, () => "connecting");
}
