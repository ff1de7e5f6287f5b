import type { ProbeTarget } from "../model/index.ts";
import { strategies } from "./strategies/registry.ts";

/**
 * What a hold means for asking: "held" is not asked; "once" may be woken by one question, as its owner allows
 * (gatebook.dev/allow-wake); "free" has no hold, or is never asked anything, so that its rest is no hindrance.
 */
export type Rest = "free" | "once" | "held";

export function restOf(target: Pick<ProbeTarget, "addresses" | "declared" | "hold" | "mayWake" | "server">): Rest {
  const { hold, declared, server, mayWake, addresses } = target;
  if (hold === null) return "free";
  if (hold === "ignored") return "held";
  if (declared === null && strategies[server].asksNothing === true) return "free";
  return hold === "scaled-to-zero" && mayWake && addresses.length > 0 ? "once" : "held";
}
