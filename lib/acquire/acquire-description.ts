import { fetchBody } from "../http/index.ts";
import type { AddressGuard } from "../http/index.ts";
import type { AcquisitionOutcome, DeclaredPlace, PinnedAddress, ProbeTarget } from "../model/index.ts";
import { failed } from "./failures.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { placesOf } from "./places.ts";

export type AcquireDeps = {
  readonly guard: AddressGuard;
  /** Of the document that is kept; null where none is. */
  readonly etag: string | null;
  readonly bodyBytesMax: number;
  /** The text of one key of a ConfigMap; null where it is missing or may not be read. */
  readonly readConfigMap: (namespace: string, name: string, key: string) => Promise<string | null>;
  readonly timeoutMs?: number;
};

type Result = { readonly outcome: AcquisitionOutcome; readonly requests: number };

const standardTimeoutMs = 5_000;

function sayPlace(path: string, address: PinnedAddress): string {
  return `GET ${path} at ${address.host.includes(":") ? `[${address.host}]` : address.host}:${String(address.port)}`;
}

/** One request; a connection that cannot be made moves on to the next address, an answer does not. */
async function askPath(
  target: ProbeTarget,
  path: string,
  port: number | null,
  origin: "declared" | "fetched",
  deps: AcquireDeps,
): Promise<Result> {
  let requests = 0;
  let last: AcquisitionOutcome | null = null;
  for (const address of target.addresses.slice(0, 3)) {
    const used = port === null ? address : { ...address, port };
    const place = sayPlace(path, used);
    requests += 1;
    const answer = await fetchBody(deps.guard, {
      address: used,
      origin: "observed",
      method: "GET",
      path,
      headers: {
        accept: "application/json, application/yaml;q=0.9, */*;q=0.1",
        "user-agent": "gatebook",
        ...(deps.etag === null ? {} : { "if-none-match": deps.etag }),
      },
      bodyBytesMax: deps.bodyBytesMax,
      timeoutMs: deps.timeoutMs ?? standardTimeoutMs,
    });
    last = judgeAnswer(answer, place, origin);
    if (answer.kind === "refused-address") requests -= 1;
    if (answer.kind !== "unreachable" && answer.kind !== "refused-address") break;
  }
  return {
    outcome: last ?? failed("unreachable", `GET ${path}`, "No address of it is known that the portal could ask."),
    requests,
  };
}

async function askUrl(url: string, deps: AcquireDeps): Promise<Result> {
  const place = `GET ${url.slice(0, 500)}`;
  if (!URL.canParse(url))
    return {
      outcome: failed("refused-address", place, "The annotation gatebook.dev/openapi-url is no URL."),
      requests: 0,
    };
  const { protocol, hostname, host, port, pathname, search, username } = new URL(url);
  if ((protocol !== "http:" && protocol !== "https:") || username !== "") {
    return {
      outcome: failed(
        "refused-address",
        place,
        "The annotation gatebook.dev/openapi-url must be http or https, without credentials.",
      ),
      requests: 0,
    };
  }
  const scheme = protocol === "https:" ? "https" : "http";
  const answer = await fetchBody(deps.guard, {
    address: {
      scheme,
      host: hostname.replace(/^\[|\]$/g, ""),
      port: port === "" ? (scheme === "https" ? 443 : 80) : Number(port),
      hostHeader: host,
    },
    origin: "declared",
    method: "GET",
    path: `${pathname}${search}`,
    headers: {
      accept: "application/json, application/yaml;q=0.9, */*;q=0.1",
      "user-agent": "gatebook",
      ...(deps.etag === null ? {} : { "if-none-match": deps.etag }),
    },
    bodyBytesMax: deps.bodyBytesMax,
    timeoutMs: deps.timeoutMs ?? standardTimeoutMs,
  });
  return { outcome: judgeAnswer(answer, place, "declared"), requests: answer.kind === "refused-address" ? 0 : 1 };
}

async function readDeclared(target: ProbeTarget, declared: DeclaredPlace, deps: AcquireDeps): Promise<Result> {
  switch (declared.kind) {
    case "path":
      return askPath(target, declared.path, declared.port, "declared", deps);
    case "url":
      return askUrl(declared.url, deps);
    case "config-map": {
      const place = `ConfigMap ${declared.namespace}/${declared.name} key ${declared.key}`;
      const text = await deps.readConfigMap(declared.namespace, declared.name, declared.key);
      if (text === null)
        return {
          outcome: failed(
            "config-map-missing",
            place,
            "The ConfigMap or its key is not there, or the portal may not read it.",
          ),
          requests: 0,
        };
      return {
        outcome: { kind: "fetched", origin: "declared", place, body: Buffer.from(text, "utf8"), etag: null },
        requests: 0,
      };
    }
  }
}

/**
 * Asks one revision for its description at the places where it can be. Only "there is nothing there" leads to the next
 * place; every other answer is the answer. Never throws for what the other side does.
 */
export async function acquireDescription(target: ProbeTarget, deps: AcquireDeps): Promise<Result> {
  if (target.hold !== null) return { outcome: { kind: "held", reason: target.hold }, requests: 0 };
  if (target.declared !== null) return readDeclared(target, target.declared, deps);
  let requests = 0;
  let outcome: AcquisitionOutcome = {
    kind: "none",
    message: "No server is recognised in its pods, so the portal does not know where to ask.",
    advice: "Say where the description is with the annotation gatebook.dev/openapi-path.",
  };
  for (const path of placesOf(target)) {
    const result = await askPath(target, path, null, "fetched", deps);
    requests += result.requests;
    outcome = result.outcome;
    if (outcome.kind !== "failed" || outcome.failure !== "not-found") break;
  }
  return { outcome, requests };
}
