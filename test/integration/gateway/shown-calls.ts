import { request as requestHttp } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { DiscoveredApi, JsonObject } from "../../../lib/model/index.ts";
import { publicView } from "../../../lib/spec/index.ts";
import { arrivalSchema } from "./model-backends.ts";
import type { Arrival } from "./model-backends.ts";
import type { EntryPorts } from "./traefik-process.ts";

/** One call as a reader of the page would make it. */
export type Call = {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
};

/** A call that the page shows, and the path that the model knows it by. */
export type ShownCall = Call & { readonly inside: string };

const parameterSchema = z.object({
  name: z.string(),
  in: z.string(),
  schema: z.object({ const: z.string().optional(), enum: z.array(z.string()).optional() }),
});
const serversSchema = z.array(z.object({ url: z.string() }));
const viewSchema = z.object({
  servers: serversSchema.optional(),
  "x-gatebook-internal": z.boolean().optional(),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        "x-inside": z.string(),
        servers: serversSchema.optional(),
        parameters: z.array(parameterSchema).optional(),
      }),
    ),
  ),
});

/** All calls of an API's description as it is served, but for addresses that Gatebook says may not answer. */
export function listShownCalls(api: DiscoveredApi, document: JsonObject): readonly ShownCall[] {
  const endpoints = api.endpoints.filter(({ reach, problem }) => reach === "public" && problem === null);
  const { modelName, server, protocol, internalUrl } = api;
  const facing = { title: api.key.name, modelName, server, protocol, explains: null, endpoints, internalUrl };
  const view = viewSchema.parse(publicView(document, { ...facing, internalHeaders: [] }));
  if (view["x-gatebook-internal"] === true) return [];
  return Object.entries(view.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      (operation.servers ?? view.servers ?? []).map(({ url }) => ({
        method: method.toUpperCase(),
        url: new URL(`${url}${path}`),
        inside: operation["x-inside"],
        headers: Object.fromEntries(
          (operation.parameters ?? []).map(({ name, schema }) => [name, schema.const ?? schema.enum?.[0] ?? ""]),
        ),
      })),
    ),
  );
}

/** A call as cases write it: without the port, which is known only once Traefik runs. */
export function sayCall({ method, url, headers }: Call): string {
  const said = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${method} ${url.protocol}//${url.hostname}${url.pathname}${said.length === 0 ? "" : ` {${said.join(", ")}}`}`;
}

/** Reads what a case writes. */
export function readCall(said: string): Call {
  const [, method = "", url = "", headers = ""] = /^([A-Z]+) (\S+)(?: \{(.*)\})?$/.exec(said) ?? [];
  const pairs = headers === "" ? [] : headers.split(", ").map((pair) => pair.split(": "));
  return { method, url: new URL(url), headers: Object.fromEntries(pairs) as Record<string, string> };
}

export type Answer = { readonly status: number; readonly arrival: Arrival | null };

/**
 * Sends a call to Traefik at this address, whatever its host; the ports of http and https are those that Traefik's Service has
 * in front of its entry points.
 */
export async function sendCall({ method, url, headers }: Call, address: string, ports: EntryPorts): Promise<Answer> {
  const isSecure = url.protocol === "https:";
  const port = url.port !== "" ? Number(url.port) : isSecure ? ports.websecure : ports.web;
  const options = {
    host: address,
    port,
    method,
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, host: url.host },
    agent: false as const,
    timeout: 10_000,
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    // Traefik makes itself a certificate where nobody gives it one; whom it is from is not what is tested.
    const sent = isSecure
      ? requestHttps({ ...options, servername: url.hostname, rejectUnauthorized: false }, resolve)
      : requestHttp(options, resolve);
    sent.once("error", reject);
    sent.once("timeout", () => sent.destroy(new Error("No answer within 10 s.")));
    sent.end();
  });
  const body = await text(response);
  const status = response.statusCode ?? 0;
  return { status, arrival: status === 200 ? arrivalSchema.parse(JSON.parse(body)) : null };
}
