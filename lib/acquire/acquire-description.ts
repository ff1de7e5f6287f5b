import type { AcquisitionOutcome, ProbeTarget } from "../model/index.ts";
import { askDeclared } from "./ask-declared.ts";
import type { DeclaredDeps } from "./ask-declared.ts";
import { askPath } from "./ask-path.ts";
import type { Asked } from "./ask-path.ts";
import { placeMemory } from "./place-memory.ts";
import { strategies } from "./strategies/registry.ts";

export type AcquireDeps = DeclaredDeps;

function isNothingThere(outcome: AcquisitionOutcome): boolean {
  return outcome.kind === "failed" && outcome.failure === "not-found";
}

/** The places to ask now: all of them at first; after that where it was found, or the likeliest one. */
function placesNow(all: readonly string[], known: string | null | undefined): readonly string[] {
  if (known === undefined) return all;
  if (known === null) return all.slice(0, 1);
  return [known, ...all.filter((path) => path !== known)];
}

/** Asks at the places of the recognised server; only "there is nothing there" leads to the next. */
async function askPlaces(target: ProbeTarget, deps: AcquireDeps): Promise<Asked> {
  const memory = placeMemory(deps.guard, target);
  let { addresses } = target;
  let requests = 0;
  let outcome: AcquisitionOutcome | null = null;
  for (const path of placesNow(strategies[target.server].places(target), memory.recall())) {
    const asked = await askPath(addresses, path, "fetched", deps);
    requests += asked.requests;
    outcome = asked.outcome;
    if (asked.answeredBy !== null) addresses = [asked.answeredBy];
    if (isNothingThere(outcome)) continue;
    if (outcome.kind === "fetched" || outcome.kind === "unchanged") memory.remember(path);
    return { outcome, requests };
  }
  memory.remember(null);
  return {
    outcome: outcome ?? {
      kind: "none",
      message: "It is not known where such a server keeps its description.",
      advice: "Say where the description is with the annotation gatebook.dev/openapi-path.",
    },
    requests,
  };
}

/**
 * Asks one revision for its description: where its owner says, else where the recognised server keeps it. GET only. Never
 * throws for what the other side does; throws what `readConfigMap` throws.
 */
export async function acquireDescription(target: ProbeTarget, deps: AcquireDeps): Promise<Asked> {
  if (target.hold !== null) return { outcome: { kind: "held", reason: target.hold }, requests: 0 };
  return target.declared === null ? askPlaces(target, deps) : askDeclared(target.addresses, target.declared, deps);
}
