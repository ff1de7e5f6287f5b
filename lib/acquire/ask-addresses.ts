import type { HttpOutcome } from "../http/index.ts";
import type { PinnedAddress } from "../model/index.ts";
import { askAddress } from "./ask-address.ts";
import type { AskDeps, QuestionForm } from "./ask-address.ts";

const addressesMax = 3;

/** What came of one question. */
export type Exchange = {
  readonly answer: HttpOutcome;
  /** Where it was asked, for the reader. */
  readonly place: string;
  /** The address to go on with; null where none was reached. */
  readonly answeredBy: PinnedAddress | null;
  /** Those that the workload saw; connections that could not be made count as one together. */
  readonly requests: number;
};

function sayPlace(method: string, path: string, { host, port }: PinnedAddress): string {
  return `${method} ${path} at ${host.includes(":") ? `[${host}]` : host}:${String(port)}`;
}

/** The path of a place that was told to the reader as a question; null where it was none. */
export function pathOfPlace(place: string): string | null {
  return /^(?:GET|POST) (\/\S*) at \S+$/.exec(place)?.[1] ?? null;
}

/** Whether another address of the same workload may do better: only where this one was never reached. */
function wasReached(answer: HttpOutcome): boolean {
  switch (answer.kind) {
    case "refused-address":
    case "unreachable":
      return false;
    case "unsendable":
    case "busy":
    case "stopped":
    case "tls":
    case "timed-out":
    case "broken":
    case "too-large":
    case "redirected":
    case "response":
      return true;
  }
}

function countOf(answer: HttpOutcome): number {
  return answer.kind === "refused-address" || answer.kind === "unsendable" || answer.kind === "busy" ? 0 : 1;
}

/**
 * One question; a connection that cannot be made moves on to the next address, an answer does not. Null where there is no
 * address to ask. `path` is as it goes on the wire.
 */
export async function askAddresses(
  addresses: readonly PinnedAddress[],
  path: string,
  deps: AskDeps,
  form: QuestionForm = {},
): Promise<Exchange | null> {
  let requests = 0;
  let last: Exchange | null = null;
  for (const address of addresses.slice(0, addressesMax)) {
    const answer = await askAddress(address, path, "observed", deps, form);
    requests = Math.max(requests, countOf(answer));
    const reached = wasReached(answer);
    last = {
      answer,
      place: sayPlace(form.method ?? "GET", path, address),
      answeredBy: reached ? address : null,
      requests,
    };
    if (reached) return last;
  }
  return last;
}
