import type {
  AcquisitionFailure,
  AcquisitionOutcome,
  AcquisitionRecord,
  JsonObject,
  ObjectKey,
  PinnedAddress,
  ProbeTarget,
} from "../model/index.ts";
import { askAddresses } from "./ask-addresses.ts";
import { askDeclared } from "./ask-declared.ts";
import type { DeclaredDeps } from "./ask-declared.ts";
import { wirePath } from "./ask-address.ts";
import { failed, specialAdvice } from "./failures.ts";
import { metadataAsker } from "./ask-metadata.ts";
import { askPath } from "./ask-path.ts";
import type { Asked } from "./ask-path.ts";
import { asText } from "./judge-answer.ts";
import { placeMemory } from "./place-memory.ts";
import { restOf } from "./rest-of.ts";
import { strategies } from "./strategies/registry.ts";
import { below } from "./strategies/strategy.ts";
import type { Strategy } from "./strategies/strategy.ts";

export type AcquireDeps = DeclaredDeps & {
  /** How often in a row it failed before. */
  readonly failures: number;
  /** What is stored of the last question to it, whatever its key; null where there was none. */
  readonly last: AcquisitionRecord | null;
  /** The description that is kept of another API; null where there is none. */
  readonly readDescription: (key: ObjectKey) => Promise<JsonObject | null>;
};

type Failed = Extract<AcquisitionOutcome, { kind: "failed" }>;
type Fetched = Extract<AcquisitionOutcome, { kind: "fetched" }>;

const isNothing: readonly AcquisitionFailure[] = ["not-found", "html"];
/** What will be the same tomorrow: a document is not kept back for what its model never says. */
const isLasting: ReadonlySet<AcquisitionFailure> = new Set([
  "unauthorized",
  "forbidden",
  "not-found",
  "redirected",
  "html",
  "wrong-type",
  "too-large",
]);

/** What stands in the place of an entity tag where a description was derived: what its model said of itself. */
const signMark = "sign:";

/** The places to ask now: all of them at first; after that where it was found, or the likeliest one. */
function placesNow(all: readonly string[], known: string | null | undefined): readonly string[] {
  if (known === undefined) return all;
  if (known === null) return all.slice(0, 1);
  return [known, ...all.filter((path) => path !== known)];
}

/**
 * Asks the model for what its server's document lacks. A model that cannot be asked now is not told half: it failed. What it never
 * answers, or does not answer again, is not waited for.
 */
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
  if (log.failed === null) return { outcome: { ...fetched, addition }, requests: log.requests };
  const isGivenUp = isLasting.has(log.failed.failure) || deps.failures > 0;
  return { outcome: isGivenUp ? fetched : log.failed, requests: log.requests };
}

/** Makes a description of what is known of the model, where its server has none; null where that is nothing. */
async function derived(
  target: ProbeTarget,
  addresses: readonly PinnedAddress[],
  deps: AcquireDeps,
): Promise<{ readonly outcome: AcquisitionOutcome | null; readonly requests: number }> {
  const { derive, sign } = strategies[target.server];
  if (derive === undefined) return { outcome: null, requests: 0 };
  const { ask, log } = metadataAsker(target, addresses, deps);
  const signature = sign === undefined ? null : await sign(target, ask);
  const etag = signature === null ? null : `${signMark}${signature}`;
  const place = (): string =>
    log.places.length === 0
      ? "derived from what its server is"
      : `derived from ${log.places.slice(0, 3).join(", ")}${log.places.length > 3 ? " and more" : ""}`;
  if (etag !== null && etag === deps.etag)
    return { outcome: { kind: "unchanged", place: place() }, requests: log.requests };
  const document = await derive(target, ask, deps.readDescription);
  if (document === null || log.failed !== null) return { outcome: log.failed, requests: log.requests };
  const body = Buffer.from(JSON.stringify(document), "utf8");
  return {
    outcome: { kind: "fetched", origin: "derived", place: place(), body, etag, addition: null },
    requests: log.requests,
  };
}

/** Reads the page that names the place where no usual one had it. */
async function findInPage(
  { page }: Strategy,
  target: ProbeTarget,
  addresses: readonly PinnedAddress[],
  deps: AcquireDeps,
): Promise<{ readonly path: string | null; readonly requests: number }> {
  if (page === undefined) return { path: null, requests: 0 };
  const path = wirePath(below(target, page.path));
  const exchange = path === null ? null : await askAddresses(addresses, path, { ...deps, etag: null });
  if (exchange === null) return { path: null, requests: 0 };
  const { answer, requests } = exchange;
  const found = answer.kind === "response" && answer.status === 200 ? page.find(asText(answer.body)) : null;
  return { path: found, requests };
}

/** Of several places that have nothing, what the most telling one answered, with where else it was looked for. */
function summed(outcomes: readonly Failed[]): Failed | null {
  const told = outcomes.find(({ failure }) => failure !== "not-found") ?? outcomes[0];
  if (told === undefined) return null;
  const others = outcomes.filter((other) => other !== told).map(({ place }) => place.replace(/ at .*$/, ""));
  return others.length === 0
    ? told
    : { ...told, message: `${told.message} Nor is there a description at ${others.slice(0, 8).join(", ")}.` };
}

/**
 * Asks at the places of the recognised server; only that there is nothing, or something else, leads to the next, and after the
 * last to what can be derived.
 */
async function askPlaces(target: ProbeTarget, deps: AcquireDeps): Promise<Asked> {
  const strategy = strategies[target.server];
  const goesOnAfter = strategy.goesOnAfter ?? isNothing;
  const memory = placeMemory(deps.guard, target, deps.last);
  // A document that is completed may be the same while what completes it is not.
  const isConditional = strategy.complete === undefined && deps.etag?.startsWith(signMark) !== true;
  const places = strategy.places(target);
  const known = memory.recall();
  const asked: string[] = [];
  const failures: Failed[] = [];
  let { addresses } = target;
  let requests = 0;

  /** What came of one place; null where the next one is to be asked. */
  async function askAt(path: string): Promise<Asked | null> {
    asked.push(path);
    const answer = await askPath(addresses, path, "fetched", isConditional ? deps : { ...deps, etag: null });
    requests += answer.requests;
    const { outcome } = answer;
    if (answer.answeredBy !== null) addresses = [answer.answeredBy];
    if (outcome.kind === "failed" && goesOnAfter.includes(outcome.failure)) {
      failures.push(outcome);
      return null;
    }
    if (outcome.kind === "fetched" || outcome.kind === "unchanged") memory.remember(path);
    if (outcome.kind !== "fetched") return { outcome, requests };
    const whole = await completed(outcome, target, addresses, deps);
    return { outcome: whole.outcome, requests: requests + whole.requests };
  }

  for (const path of placesNow(places, known)) {
    const answer = await askAt(path);
    if (answer !== null) return answer;
  }
  // Only at first: a page that named nothing yesterday is not read again until the workload changes.
  if (known === undefined) {
    const found = await findInPage(strategy, target, addresses, deps);
    requests += found.requests;
    const answer = found.path === null || asked.includes(found.path) ? null : await askAt(found.path);
    if (answer !== null) return answer;
  }
  memory.remember(null);
  const made = await derived(target, addresses, deps);
  return {
    outcome: made.outcome ??
      summed(failures) ?? {
        kind: "none",
        message: "Such a server serves no description, and nothing is known that one could be derived from.",
        advice:
          "Say where a description is with the annotation gatebook.dev/openapi-path, or give one in an ApiDescription.",
      },
    requests: requests + made.requests,
  };
}

/** Why it could not be reached, as far as the cluster tells: its mesh, or its policies. */
function explained(outcome: AcquisitionOutcome, { admission, isMeshed }: ProbeTarget): AcquisitionOutcome {
  if (outcome.kind !== "failed") return outcome;
  // A proxy that wants its own TLS ends a plain connection without a word.
  if (isMeshed && outcome.advice === specialAdvice.broken)
    return failed(
      "mutual-tls",
      outcome.place,
      "It broke off the connection, as the proxy of a service mesh does with calls that are not encrypted its way.",
    );
  if (admission === null) return outcome;
  if (outcome.failure !== "unreachable" && outcome.failure !== "timed-out") return outcome;
  const [first = "", ...more] = admission.policies;
  const who =
    more.length === 0 ? `The NetworkPolicy ${first} does` : `The NetworkPolicies ${admission.policies.join(", ")} do`;
  return {
    ...outcome,
    admission,
    message: `${outcome.message} ${who} not let the portal in.`,
    advice:
      admission.manifest === null
        ? "Let its ingress rules admit the portal's namespace; it is asked again when they do."
        : "Apply the NetworkPolicy below, which lets in the portal and nobody else; it is asked again when it is there.",
  };
}

/**
 * Asks one revision for its description: where its owner says, else where the recognised server keeps it; where that server
 * keeps none, the description is derived from what the model says of itself. Never throws for what the other side does; throws
 * what `readConfigMap` and `readDescription` throw.
 */
export async function acquireDescription(target: ProbeTarget, deps: AcquireDeps): Promise<Asked> {
  if (target.hold !== null && restOf(target) === "held")
    return { outcome: { kind: "held", reason: target.hold }, requests: 0 };
  const { outcome, requests } =
    target.declared === null
      ? await askPlaces(target, deps)
      : await askDeclared(target.addresses, target.declared, deps);
  return { outcome: explained(outcome, target), requests };
}
