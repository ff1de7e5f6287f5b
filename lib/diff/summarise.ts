import type { Change } from "../model/index.ts";
import { countChanges, verdictOf } from "../model/index.ts";

/** A count with its noun: "1 breaking change", "3 breaking changes". */
function say(count: number, adjective: string): string {
  return `${String(count)} ${adjective} ${count === 1 ? "change" : "changes"}`;
}

/** What all changes together mean, for a notice: one sentence that says it, one that says what to do. */
export function summarise(changes: readonly Change[]): { readonly message: string; readonly advice: string } {
  const counts = countChanges(changes);
  const worst =
    changes.find((change) => change.level === "breaking") ?? changes.find((change) => change.level === "risky");
  const parts = [
    counts.breaking > 0 ? say(counts.breaking, "breaking") : "",
    counts.risky > 0 ? say(counts.risky, "risky") : "",
  ].filter((part) => part !== "");
  switch (verdictOf(counts)) {
    case "breaking":
    case "risky": {
      const place =
        worst?.method === null || worst?.method === undefined
          ? ""
          : ` (${worst.method.toUpperCase()} ${worst.path ?? ""})`;
      return { message: `${parts.join(" and ")}. First: ${worst?.message ?? ""}${place}`, advice: worst?.advice ?? "" };
    }
    case "safe":
      return { message: `${say(counts.safe + counts.info, "compatible")}.`, advice: "Nothing to do." };
    case "none":
      return { message: "No change of the contract.", advice: "Nothing to do." };
  }
}
