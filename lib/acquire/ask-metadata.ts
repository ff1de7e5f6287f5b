import type { AcquisitionOutcome, Json, PinnedAddress, ProbeTarget } from "../model/index.ts";
import { fixedHeaders } from "../model/index.ts";
import { wirePath } from "./ask-address.ts";
import type { AskDeps } from "./ask-address.ts";
import { askAddresses } from "./ask-addresses.ts";
import { failed } from "./failures.ts";
import { asText, judgeExchange, judgeStatus } from "./judge-answer.ts";
import type { MetadataAsk } from "./strategies/strategy.ts";

type Failed = Extract<AcquisitionOutcome, { kind: "failed" }>;

/** Metadata of a thousand tensors is smaller. */
const metadataBytesMax = 1024 * 1024;

/** What was asked so far, and what came of it beside the answers. */
export type MetadataLog = { requests: number; failed: Failed | null; readonly places: string[] };

/** "There is no such thing here", in the words that model servers have for it. */
const absentStatuses = new Set([400, 404, 405, 410, 501]);

/**
 * The way in which a strategy asks a model about itself: each question resolves with its JSON, or with null where there is
 * nothing. What went wrong otherwise stands in `log.failed`; after that nothing more is asked, and what the strategy makes
 * of its nulls is not to be used.
 */
export function metadataAsker(
  target: ProbeTarget,
  addresses: readonly PinnedAddress[],
  deps: AskDeps,
): { readonly ask: MetadataAsk; readonly log: MetadataLog } {
  const log: MetadataLog = { requests: 0, failed: null, places: [] };
  const headers = Object.fromEntries(
    fixedHeaders(target.headers).map(({ name, value }) => [name.toLowerCase(), value]),
  );
  let known = addresses;
  const limits = { ...deps, etag: null, bodyBytesMax: Math.min(deps.bodyBytesMax, metadataBytesMax) };
  const answers = new Map<string, Json | null>();
  const ask: MetadataAsk = async (path, { method = "GET", again = false } = {}) => {
    const question = `${method} ${path}`;
    const answered = again ? undefined : answers.get(question);
    if (answered !== undefined) return answered;
    const said = await askOnce(path, method);
    answers.set(question, said);
    return said;
  };
  const askOnce = async (path: string, method: "GET" | "POST"): Promise<Json | null> => {
    const onWire = wirePath(`${target.basePath.replace(/\/+$/, "")}${path}`);
    if (onWire === null || log.failed !== null) return null;
    const exchange = await askAddresses(known, onWire, limits, { method, headers });
    if (exchange === null) {
      log.failed = failed("unreachable", `GET ${onWire}`, "No address of it is known that the portal could ask.");
      return null;
    }
    const { answer, place, answeredBy, requests } = exchange;
    log.requests += requests;
    log.places.push(place);
    if (answeredBy !== null) known = [answeredBy];
    log.failed = judgeExchange(answer, place);
    if (log.failed !== null || answer.kind !== "response" || absentStatuses.has(answer.status)) return null;
    log.failed = judgeStatus(answer.status, place);
    if (log.failed !== null) return null;
    try {
      return JSON.parse(asText(answer.body)) as Json;
    } catch (err) {
      if (!(err instanceof SyntaxError)) throw err;
      log.failed = failed(
        "wrong-type",
        place,
        "It was asked what its model takes, and answered something else than JSON.",
      );
      return null;
    }
  };
  return { ask, log };
}
