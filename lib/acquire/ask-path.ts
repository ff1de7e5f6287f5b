import type { AcquisitionOutcome, PinnedAddress } from "../model/index.ts";
import { wirePath } from "./ask-address.ts";
import type { AskDeps } from "./ask-address.ts";
import { askAddresses } from "./ask-addresses.ts";
import { failed } from "./failures.ts";
import { judgeAnswer } from "./judge-answer.ts";

/** `requests` are those that the workload saw. */
export type Asked = { readonly outcome: AcquisitionOutcome; readonly requests: number };

/** Asks for a document. `answeredBy` is the address to go on with, null where none was reached. */
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
  const exchange = await askAddresses(addresses, onWire, deps);
  if (exchange === null) {
    return {
      outcome: failed("unreachable", `GET ${onWire}`, "No address of it is known that the portal could ask."),
      requests: 0,
      answeredBy: null,
    };
  }
  const { answer, place, answeredBy, requests } = exchange;
  return { outcome: judgeAnswer(answer, place, origin, deps.etag !== null), requests, answeredBy };
}
