import { clsx } from "clsx";
import type { ApiState } from "@/lib/model/index.ts";
import { stateWords } from "./state-words.ts";

const dots: { readonly [state in ApiState]: string } = {
  ready: "bg-level-safe",
  unready: "border-2 border-level-risky",
  "scaled-to-zero": "border-2 border-level-info",
  stopped: "bg-muted",
  broken: "bg-level-breaking",
  unknown: "border-2 border-dashed border-muted",
};

/** The workload's state as a dot and its word. */
export function StateDot({ state, reason }: { readonly state: ApiState; readonly reason?: string | null }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap" title={reason ?? undefined}>
      <span aria-hidden className={clsx("size-2 shrink-0 rounded-full", dots[state])} />
      {stateWords[state]}
    </span>
  );
}
