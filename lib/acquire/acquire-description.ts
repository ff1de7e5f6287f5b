import type { AcquisitionOutcome, PinnedAddress, ProbeTarget } from "../model/index.ts";
import { askDeclared } from "./ask-declared.ts";
import type { DeclaredDeps } from "./ask-declared.ts";
import { metadataAsker } from "./ask-metadata.ts";
import { askPath } from "./ask-path.ts";
import type { Asked } from "./ask-path.ts";
import { placeMemory } from "./place-memory.ts";
import { strategies } from "./strategies/registry.ts";

export type AcquireDeps = DeclaredDeps;

type Fetched = Extract<AcquisitionOutcome, { kind: "fetched" }>;

function isNothingThere(outcome: AcquisitionOutcome): boolean {
  return outcome.kind === "failed" && outcome.failure === "not-found";
}

/** The places to ask now: all of them at first; after that where it was found, or the likeliest one. */
function placesNow(all: readonly string[], known: string | null | undefined): readonly string[] {
  if (known === undefined) return all;
  if (known === null) return all.slice(0, 1);
  return [known, ...all.filter((path) => path !== known)];
}

/** Asks the model for what its server's document lacks. A model that cannot be asked now is not told half: it failed. */
async function completed(
  fetched: Fetched,
  target: ProbeTarget,
  addresses: readonly PinnedAddress[],
  deps: AcquireDeps,
): Promise<Asked> {
  const { complete } = strategies[target.server];
  if (complete === undefined) return { outcome: fetched, requests: 0 };
  const { ask, log } = metadataAsker(target, addresses, deps);
  const addition = await complete(target, ask);
  return { outcome: log.failed ?? { ...fetched, addition }, requests: log.requests };
}

/** Makes a description of what is known of the model, where its server has none; null where that is nothing. */
async function derived(
  target: ProbeTarget,
  addresses: readonly PinnedAddress[],
  deps: AcquireDeps,
): Promise<{ readonly outcome: AcquisitionOutcome | null; readonly requests: number }> {
  const { derive } = strategies[target.server];
  if (derive === undefined) return { outcome: null, requests: 0 };
  const { ask, log } = metadataAsker(target, addresses, deps);
  const document = await derive(target, ask);
  if (document === null || log.failed !== null) return { outcome: log.failed, requests: log.requests };
  const body = Buffer.from(JSON.stringify(document), "utf8");
  const place =
    log.places.length === 0
      ? "derived from what its server is"
      : `derived from ${log.places.slice(0, 3).join(", ")}${log.places.length > 3 ? " and more" : ""}`;
  return {
    outcome: { kind: "fetched", origin: "derived", place, body, etag: null, addition: null },
    requests: log.requests,
  };
}

/**
 * Asks at the places of the recognised server; only "there is nothing there" leads to the next, and after the last to what
 * can be derived.
 */
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
    if (outcome.kind !== "fetched") return { outcome, requests };
    const whole = await completed(outcome, target, addresses, deps);
    return { outcome: whole.outcome, requests: requests + whole.requests };
  }
  memory.remember(null);
  const made = await derived(target, addresses, deps);
  return {
    outcome: made.outcome ??
      outcome ?? {
        kind: "none",
        message: "Such a server serves no description, and nothing is known that one could be derived from.",
        advice:
          "Say where a description is with the annotation gatebook.dev/openapi-path, or give one in an ApiDescription.",
      },
    requests: requests + made.requests,
  };
}

/**
 * Asks one revision for its description: where its owner says, else where the recognised server keeps it; where that server
 * keeps none, the description is derived from what the model says of itself. Never throws for what the other side does; throws
 * what `readConfigMap` throws.
 */
export async function acquireDescription(target: ProbeTarget, deps: AcquireDeps): Promise<Asked> {
  if (target.hold !== null) return { outcome: { kind: "held", reason: target.hold }, requests: 0 };
  return target.declared === null ? askPlaces(target, deps) : askDeclared(target.addresses, target.declared, deps);
}
