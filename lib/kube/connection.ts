import http from "node:http";
import https from "node:https";
import { KubeConfig } from "@kubernetes/client-node";
import { GatebookError, sha256Hex } from "../base/index.ts";
import { isRecord } from "./parse-object.ts";

/** Why a request brought nothing. `status` is the HTTP status, or null where there was no answer. */
export type RequestFailure = {
  readonly kind: "failed";
  readonly status: number | null;
  readonly message: string;
  readonly retryAfterMs: number | null;
  /** True where the answer was larger than was allowed. */
  readonly isTooLarge: boolean;
};

type StreamOutcome = { readonly kind: "ok"; readonly stream: http.IncomingMessage } | RequestFailure;
export type JsonOutcome = { readonly kind: "ok"; readonly body: unknown } | RequestFailure;

type RequestOptions = {
  readonly accept?: string;
  readonly signal: AbortSignal;
  /** Until the headers for a stream, until the end of the body for JSON. */
  readonly timeoutMs: number;
  readonly bytesMax?: number;
};

/** The one way to the API server, with the credentials of a kubeconfig or of the pod. */
export type Connection = {
  readonly server: string;
  getJson(path: string, options: RequestOptions): Promise<JsonOutcome>;
  /** Server-side apply; the answer is the object as it is then. */
  applyJson(path: string, object: unknown, options: RequestOptions): Promise<JsonOutcome>;
  openStream(path: string, options: RequestOptions): Promise<StreamOutcome>;
  close(): void;
};

const errorBytesMax = 64 * 1024;
const answerBytesMax = 128 * 1024 * 1024;

function loadConfig(kubeconfigPath: string | undefined): KubeConfig {
  const config = new KubeConfig();
  if (kubeconfigPath === undefined) config.loadFromCluster();
  else config.loadFromFile(kubeconfigPath);
  return config;
}

/** Throws a `configuration` error where there is no server to ask. */
function openConfig(kubeconfigPath: string | undefined): { config: KubeConfig; server: string } {
  const place = kubeconfigPath ?? "the pod's service account";
  try {
    const config = loadConfig(kubeconfigPath);
    const server = config.getCurrentCluster()?.server;
    if (server === undefined || server === "") throw new Error("it names no cluster to talk to (current-context)");
    // What client-node makes of a missing KUBERNETES_SERVICE_HOST.
    if (server.includes("//undefined")) throw new Error("this is not a pod, and no kubeconfig was named");
    const protocol = new URL(server).protocol;
    if (protocol !== "https:" && protocol !== "http:")
      throw new Error(`its server ${server} is neither http nor https`);
    return { config, server: server.replace(/\/+$/, "") };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GatebookError({
      code: "configuration",
      message: `The Kubernetes cluster cannot be used: ${place}: ${reason}.`,
      cause,
    });
  }
}

function failure(status: number | null, message: string, more?: Partial<RequestFailure>): RequestFailure {
  return { kind: "failed", status, message, retryAfterMs: null, isTooLarge: false, ...more };
}

function describe(err: unknown): string {
  if (!(err instanceof Error)) return String(err);
  const code = isRecord(err) && typeof err["code"] === "string" ? err["code"] : null;
  if (code === "ECONNREFUSED") return "the API server refuses connections";
  return err.message === "" ? (code ?? err.name) : err.message;
}

/** Reads a body up to a limit; null where it is larger. */
async function readBody(stream: http.IncomingMessage, bytesMax: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > bytesMax) {
      stream.destroy();
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The `message` of a Kubernetes Status, or the beginning of whatever else was said. */
function readStatusMessage(body: Buffer | null, status: number): string {
  const text = body === null ? "" : body.toString("utf8");
  try {
    const parsed: unknown = JSON.parse(text);
    if (isRecord(parsed) && typeof parsed["message"] === "string" && parsed["message"] !== "") return parsed["message"];
  } catch (err) {
    if (!(err instanceof SyntaxError)) throw err;
  }
  const beginning = text.trim().slice(0, 200);
  return beginning === "" ? `HTTP ${String(status)}` : `HTTP ${String(status)}: ${beginning}`;
}

function readRetryAfterMs(stream: http.IncomingMessage): number | null {
  const seconds = Number(stream.headers["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : null;
}

/**
 * Credentials are prepared anew for each request by client-node, which reads a rotated token within a minute; after a 401
 * the kubeconfig itself is read again. The connections are ours: client-node makes a new pool for each request.
 * Throws a `configuration` error where the kubeconfig cannot be used at all; afterwards everything is an outcome.
 */
export function openConnection(kubeconfigPath?: string): Connection {
  const opened = openConfig(kubeconfigPath);
  let config = opened.config;
  const agents = new Map<string, https.Agent>();

  function reload(): void {
    try {
      config = loadConfig(kubeconfigPath);
    } catch {
      // Half written, or gone for a moment: what we have is as good, and the next 401 tries again.
    }
  }

  /** One pool for each set of certificates, so that rotated ones are used and the old pool is dropped. */
  function agentFor(options: https.RequestOptions): http.Agent | https.Agent | undefined {
    const prepared = options.agent;
    if (opened.server.startsWith("http:") || config.getCurrentCluster()?.proxyUrl !== undefined) {
      return typeof prepared === "boolean" ? undefined : prepared;
    }
    const { ca, cert, key, rejectUnauthorized, servername } = options;
    const parts = [ca, cert, key].map((part) => (Buffer.isBuffer(part) ? part.toString("base64") : ""));
    const name = sha256Hex(JSON.stringify([...parts, rejectUnauthorized, servername]));
    let agent = agents.get(name);
    if (agent === undefined) {
      for (const old of agents.values()) old.destroy();
      agents.clear();
      agent = new https.Agent({
        keepAlive: true,
        keepAliveMsecs: 30_000,
        ...(ca === undefined ? {} : { ca }),
        ...(cert === undefined ? {} : { cert }),
        ...(key === undefined ? {} : { key }),
        ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
        ...(servername === undefined ? {} : { servername }),
      });
      agents.set(name, agent);
    }
    return agent;
  }

  async function send(
    path: string,
    accept: string,
    signal: AbortSignal,
    applied: string | null,
  ): Promise<http.IncomingMessage> {
    const prepared: https.RequestOptions = {};
    await config.applyToHTTPSOptions(prepared);
    signal.throwIfAborted();
    const agent = agentFor(prepared);
    const url = new URL(opened.server + path);
    const options: https.RequestOptions = {
      method: applied === null ? "GET" : "PATCH",
      headers: {
        ...prepared.headers,
        Accept: accept,
        "User-Agent": "gatebook",
        // JSON is YAML, and the only form of an apply that every server since 1.22 takes.
        ...(applied === null
          ? {}
          : { "Content-Type": "application/apply-patch+yaml", "Content-Length": Buffer.byteLength(applied) }),
      },
      signal,
      ...(prepared.auth === undefined || prepared.auth === null ? {} : { auth: prepared.auth }),
      ...(agent === undefined ? {} : { agent }),
    };
    return new Promise((resolve, reject) => {
      const request = url.protocol === "https:" ? https.request(url, options) : http.request(url, options);
      request.once("response", resolve);
      request.on("error", reject);
      request.end(applied ?? undefined);
    });
  }

  async function open(path: string, options: RequestOptions, applied: string | null = null): Promise<StreamOutcome> {
    const timeout = new AbortController();
    const timer = setTimeout(() => {
      timeout.abort(new Error(`the API server did not answer within ${String(options.timeoutMs / 1000)} s`));
    }, options.timeoutMs);
    try {
      const signal = AbortSignal.any([options.signal, timeout.signal]);
      const stream = await send(path, options.accept ?? "application/json", signal, applied);
      const status = stream.statusCode ?? 0;
      if (status === 200) return { kind: "ok", stream };
      if (status === 401) reload();
      const message = readStatusMessage(await readBody(stream, errorBytesMax), status);
      return failure(status, message, { retryAfterMs: readRetryAfterMs(stream) });
    } catch (err) {
      return failure(null, describe(timeout.signal.aborted ? timeout.signal.reason : err));
    } finally {
      clearTimeout(timer);
    }
  }

  async function askJson(path: string, options: RequestOptions, applied: string | null): Promise<JsonOutcome> {
    const deadline = new AbortController();
    const timer = setTimeout(() => {
      deadline.abort(new Error(`the answer was not complete after ${String(options.timeoutMs / 1000)} s`));
    }, options.timeoutMs);
    try {
      const signal = AbortSignal.any([options.signal, deadline.signal]);
      const answered = await open(path, { ...options, signal }, applied);
      if (answered.kind === "failed") return answered;
      const body = await readBody(answered.stream, options.bytesMax ?? answerBytesMax);
      if (body === null) return failure(200, "the answer is too large", { isTooLarge: true });
      return { kind: "ok", body: JSON.parse(body.toString("utf8")) as unknown };
    } catch (err) {
      if (err instanceof SyntaxError) return failure(200, "the answer is not JSON");
      return failure(null, describe(deadline.signal.aborted ? deadline.signal.reason : err));
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    server: opened.server,
    openStream: (path, options) => open(path, options),
    getJson: (path, options) => askJson(path, options, null),
    applyJson: (path, object, options) => askJson(path, options, JSON.stringify(object)),
    close() {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
}
