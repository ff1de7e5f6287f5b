import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import type { PinnedAddress } from "../model/index.ts";
import type { AddressGuard, AddressOrigin } from "./address-guard.ts";
import { outgoingMetrics } from "./metrics.ts";
import { failureOf, StreamCut, unsendable } from "./outcomes.ts";
import type { FailedOutcome } from "./outcomes.ts";
import { emptyBody, readBody } from "./read-body.ts";
import type { BodyLimits } from "./read-body.ts";

export type StreamRequest = BodyLimits & {
  readonly address: PinnedAddress;
  readonly origin: AddressOrigin;
  readonly method: string;
  /** Path and query as they go on the wire. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Until there is a connection, with its TLS. */
  readonly connectTimeoutMs: number;
  /** Until the headers of the answer are there. */
  readonly headersTimeoutMs: number;
  /** From the first byte sent to the last received. */
  readonly totalTimeoutMs: number;
  readonly signal?: AbortSignal;
};

export type StreamOutcome =
  | FailedOutcome
  | {
      readonly kind: "response";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** Read once, or ended by the iterator's `return`; see `readBody`. What is never read ends with the total time. */
      readonly body: AsyncIterable<Uint8Array>;
    };

const headerBytesMax = 32 * 1024;
const defaultPort = { http: 80, https: 443 } as const;
const seconds = (ms: number): string => `${String(ms / 1000)} s`;

/** What the Host header says: the route's host, else the address itself. */
function hostHeaderOf({ scheme, host, port, hostHeader }: PinnedAddress): string {
  if (hostHeader !== null) return hostHeader;
  const literal = host.includes(":") ? `[${host}]` : host;
  return port === defaultPort[scheme] ? literal : `${literal}:${String(port)}`;
}

/** The name that TLS asks for and checks; an IP address is none (RFC 6066), and is then checked as the address. */
function serverNameOf(hostHeader: string): string {
  const name = hostHeader.replace(/:\d+$/, "");
  return isIP(name) !== 0 || /[[\]:]/.test(name) ? "" : name;
}

function flatten(headers: http.IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
}

function begin(request: StreamRequest, ip: string, family: 4 | 6, signal: AbortSignal): http.ClientRequest {
  const { address, body } = request;
  const host = hostHeaderOf(address);
  const options: https.RequestOptions = {
    host: ip,
    family,
    port: address.port,
    method: request.method,
    path: request.path,
    headers: {
      ...request.headers,
      host,
      connection: "close",
      ...(body === undefined ? {} : { "content-length": String(body.byteLength) }),
    },
    agent: false,
    maxHeaderSize: headerBytesMax,
    signal,
    setHost: false,
  };
  return address.scheme === "https"
    ? https.request({ ...options, servername: serverNameOf(host) })
    : http.request(options);
}

/** One exchange on a connection of its own; `release` is called once, when that connection is gone. */
function exchange(request: StreamRequest, ip: string, family: 4 | 6, release: () => void): Promise<StreamOutcome> {
  const stop = new AbortController();
  const signal = request.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, request.signal]);
  let outgoing: http.ClientRequest;
  try {
    outgoing = begin(request, ip, family, signal);
  } catch (err) {
    release();
    const outcome = unsendable(err);
    if (outcome === null) throw err;
    return Promise.resolve(outcome);
  }
  return new Promise((resolve) => {
    let isConnected = false;
    let isSettled = false;
    const settle = (outcome: StreamOutcome): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(connectTimer);
      clearTimeout(headersTimer);
      resolve(outcome);
    };
    const giveUp = (outcome: FailedOutcome): void => {
      settle(outcome);
      outgoing.destroy();
    };
    const connectTimer = setTimeout(() => {
      const reason = `no connection was made within ${seconds(request.connectTimeoutMs)}`;
      giveUp({ kind: "unreachable", reason, silent: true });
    }, request.connectTimeoutMs);
    const headersTimer = setTimeout(() => {
      giveUp({ kind: "timed-out", reason: `no answer came within ${seconds(request.headersTimeoutMs)}` });
    }, request.headersTimeoutMs);
    const totalTimer = setTimeout(() => {
      stop.abort(new StreamCut("timed-out", `It took longer than ${seconds(request.totalTimeoutMs)}.`));
    }, request.totalTimeoutMs);

    outgoing.once("socket", (socket) => {
      socket.once(request.address.scheme === "https" ? "secureConnect" : "connect", () => {
        isConnected = true;
        clearTimeout(connectTimer);
      });
    });
    outgoing.once("response", (response) => {
      // Errors are told to whoever reads; without a listener they would end the process.
      response.on("error", () => undefined);
      const status = response.statusCode ?? 0;
      const isEmpty = request.method === "HEAD" || status === 204 || status === 205 || status === 304;
      settle({
        kind: "response",
        status,
        headers: flatten(response.headers),
        body: isEmpty ? emptyBody : readBody(response, request, signal),
      });
      if (isEmpty) response.destroy();
    });
    outgoing.once("upgrade", (_, socket) => {
      socket.destroy();
      settle({ kind: "broken", reason: "it wants to change the protocol" });
    });
    outgoing.on("error", (err) => {
      if (request.signal?.aborted === true) settle({ kind: "stopped", reason: "it was stopped before an answer came" });
      else if (stop.signal.aborted)
        settle({ kind: "timed-out", reason: `no answer came within ${seconds(request.totalTimeoutMs)}` });
      else settle(failureOf(err, isConnected));
    });
    outgoing.once("close", () => {
      clearTimeout(totalTimer);
      settle(failureOf(null, isConnected));
      release();
    });
    outgoing.end(request.body);
  });
}

async function send(guard: AddressGuard, request: StreamRequest): Promise<StreamOutcome> {
  const { address } = request;
  const checked = await guard.check(address, request.origin);
  if (checked.kind === "refused") return { kind: "refused-address", reason: checked.reason };
  if (checked.kind === "unresolved") return { kind: "unreachable", reason: checked.reason, silent: false };
  if (request.signal?.aborted === true) return { kind: "stopped", reason: "it was stopped before it began" };
  const release = guard.claim(checked.ip, address.port);
  if (release === null) return { kind: "busy", reason: "too many calls are open at this moment, try again soon" };
  outgoingMetrics.open.inc();
  const stopTimer = outgoingMetrics.seconds.startTimer();
  const outcome = await exchange(request, checked.ip, checked.family, () => {
    outgoingMetrics.open.dec();
    release();
  });
  stopTimer();
  return outcome;
}

/**
 * Sends one request to the one address that the guard allows and hands back the answer as it comes. No redirect is followed,
 * no connection is kept, nothing is tried twice. Everything that the other side can do is an outcome.
 */
export async function openStream(guard: AddressGuard, request: StreamRequest): Promise<StreamOutcome> {
  const outcome = await send(guard, request);
  outgoingMetrics.requests.inc({ outcome: outcome.kind });
  return outcome;
}
