import type { ProbeTarget, ServerKind } from "../../model/index.ts";

/** Where one kind of server keeps its description (SERVING §4). */
export type Strategy = {
  readonly server: ServerKind;
  /** Paths to GET, the likeliest first; none of them may run a model, whatever it answers. */
  readonly places: (target: ProbeTarget) => readonly string[];
};

/** A path below the workload's own prefix. */
export function below(target: ProbeTarget, path: string): string {
  return `${target.basePath.replace(/\/+$/, "")}${path}`;
}
