import type { ApiState } from "@/lib/model/index.ts";

/** What each workload state is called on pages. */
export const stateWords: { readonly [state in ApiState]: string } = {
  ready: "Ready",
  unready: "Not ready",
  "scaled-to-zero": "Scaled to zero",
  stopped: "Stopped",
  broken: "Broken",
  unknown: "Unknown",
};
