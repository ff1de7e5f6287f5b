import { Counter, Gauge, Histogram, metrics } from "../base/index.ts";
import type { KindList } from "./cluster-reader.ts";
import { formatKind } from "./kind-ref.ts";

const labelNames = ["cluster", "kind"] as const;
const registers = [metrics];
const states = ["synced", "absent", "stale"] as const;

/** The lists that the gauges report, by cluster; an opened reader adds its own and takes them away when it stops. */
const reported = new Map<KindList, string>();

new Gauge({
  name: "gatebook_kube_objects",
  help: "Objects held, by kind.",
  labelNames,
  registers,
  collect() {
    this.reset();
    for (const [list, cluster] of reported) this.set({ cluster, kind: formatKind(list.ref) }, list.objects().length);
  },
});

new Gauge({
  name: "gatebook_kube_list_state",
  help: "1 for the state that a list is in, 0 for the others.",
  labelNames: [...labelNames, "state"],
  registers,
  collect() {
    this.reset();
    for (const [list, cluster] of reported) {
      for (const state of states) {
        this.set({ cluster, kind: formatKind(list.ref), state }, list.state().kind === state ? 1 : 0);
      }
    }
  },
});

new Gauge({
  name: "gatebook_kube_list_age_seconds",
  help: "Seconds since a list was last known to be complete and current; no value before the first time.",
  labelNames,
  registers,
  collect() {
    this.reset();
    for (const [list, cluster] of reported) {
      const confirmedAt = list.confirmedAt();
      if (confirmedAt === null) continue;
      this.set({ cluster, kind: formatKind(list.ref) }, (Date.now() - confirmedAt.getTime()) / 1000);
    }
  },
});

/** What happens to the lists, as Prometheus sees it. The gauges read the lists that `reportList` added. */
export const listMetrics = {
  lagSeconds: new Histogram({
    name: "gatebook_kube_lag_seconds",
    help: "From an object's change to its arrival, as its own timestamps tell, which are whole seconds.",
    labelNames,
    registers,
    buckets: [0.5, 1, 1.5, 2, 3, 5, 10, 30, 60, 300],
  }),
  lists: new Counter({ name: "gatebook_kube_lists_total", help: "Complete lists read.", labelNames, registers }),
  events: new Counter({
    name: "gatebook_kube_events_total",
    help: "Watch events, by type.",
    labelNames: [...labelNames, "type"],
    registers,
  }),
  failures: new Counter({
    name: "gatebook_kube_failures_total",
    help: "Discoveries, lists and watches that failed, by reason.",
    labelNames: [...labelNames, "reason"],
    registers,
  }),
  invalid: new Counter({
    name: "gatebook_kube_invalid_objects_total",
    help: "Objects that were left out because they are not what their kind must be.",
    labelNames,
    registers,
  }),
} as const;

/** Adds a list to the gauges; returns the way to take it away. */
export function reportList(cluster: string, list: KindList): () => void {
  reported.set(list, cluster);
  return () => {
    reported.delete(list);
  };
}
