import { Counter, Gauge, Histogram, metrics } from "../base/index.ts";

const registers = [metrics];

export const controllerMetrics = {
  leading: new Gauge({
    name: "gatebook_controller_leading",
    help: "1 while this process leads its cluster.",
    registers,
  }),
  apis: new Gauge({ name: "gatebook_controller_apis", help: "APIs that are there.", registers }),
  reconcileSeconds: new Histogram({
    name: "gatebook_controller_reconcile_seconds",
    help: "Time from a look at the lists to everything being written.",
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers,
  }),
  asked: new Counter({
    name: "gatebook_controller_asked_total",
    help: "Revisions asked for their description, by outcome.",
    labelNames: ["outcome"] as const,
    registers,
  }),
  requests: new Counter({
    name: "gatebook_controller_description_requests_total",
    help: "Requests that asking for descriptions took.",
    registers,
  }),
  versions: new Counter({
    name: "gatebook_controller_versions_total",
    help: "Moves of versions, by kind.",
    labelNames: ["kind"] as const,
    registers,
  }),
  told: new Counter({ name: "gatebook_controller_told_total", help: "Notices given to followers.", registers }),
  failures: new Counter({
    name: "gatebook_controller_failures_total",
    help: "Work that failed and is tried again, by what it was.",
    labelNames: ["work"] as const,
    registers,
  }),
} as const;
