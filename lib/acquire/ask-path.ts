import type { HttpOutcome } from "../http/index.ts";
import type { AcquisitionOutcome, PinnedAddress } from "../model/index.ts";
import { askAddress, wirePath } from "./ask-address.ts";
import type { AskDeps } from "./ask-address.ts";
import { failed } from "./failures.ts";
import { judgeAnswer } from "./judge-answer.ts";

/** `requests` are those that the workload saw; connections that could not be made count as one together. */
export type Asked = { readonly outcome: AcquisitionOutcome; readonly requests: number };

const addressesMax = 3;

function sayPlace(path: string, { host, port }: PinnedAddress): string {
  return `GET ${path} at ${host.includes(":") ? `[${host}]` : host}:${String(port)}`;
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
 * One question; a connection that cannot be made moves on to the next address, an answer does not. `answeredBy` is the address
 * to go on with, null where none was reached.
 */
export async function askPath(
  addresses: readonly PinnedAddress[],
  path: string,
  origin: "declared" | "fetched",
  deps: AskDeps,
): Promise<Asked & { readonly answeredBy: PinnedAddress | null }> {
  const onWire = wirePath(path);
  if (onWire === null) {
    return {
      outcome: failed(
        "refused-address",
        "the annotation gatebook.dev/openapi-path",
        "The annotation gatebook.dev/openapi-path is no path.",
        "Write a path such as /docs/openapi.json.",
      ),
      requests: 0,
      answeredBy: null,
    };
  }
  let requests = 0;
  let outcome: AcquisitionOutcome = failed(
    "unreachable",
    `GET ${onWire}`,
    "No address of it is known that the portal could ask.",
  );
  for (const address of addresses.slice(0, addressesMax)) {
    const answer = await askAddress(address, onWire, "observed", deps);
    outcome = judgeAnswer(answer, sayPlace(onWire, address), origin, deps.etag !== null);
    requests = Math.max(requests, countOf(answer));
    if (wasReached(answer)) return { outcome, requests, answeredBy: address };
  }
  return { outcome, requests, answeredBy: null };
}
