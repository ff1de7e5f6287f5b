import { Counter, Gauge, Histogram, metrics } from "../base/index.ts";

const registers = [metrics];

export const outgoingMetrics = {
  requests: new Counter({
    name: "gatebook_outgoing_requests_total",
    help: "Requests that the portal sent or refused to send, by what came of them.",
    labelNames: ["outcome"] as const,
    registers,
  }),
  open: new Gauge({ name: "gatebook_outgoing_open", help: "Connections that are open now.", registers }),
  seconds: new Histogram({
    name: "gatebook_outgoing_seconds",
    help: "Time until the head of an answer was there.",
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers,
  }),
  receivedBytes: new Counter({
    name: "gatebook_outgoing_received_bytes_total",
    help: "Bytes of bodies that were read, after decompression.",
    registers,
  }),
} as const;
