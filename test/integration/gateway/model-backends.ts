import { createServer } from "node:http";
import type { Server } from "node:http";
import { networkInterfaces } from "node:os";
import { z } from "zod";
import type { JsonObject } from "../../../lib/model/index.ts";
import type { TestObject } from "../cluster-client.ts";

/** What a model says of a call that arrived: which Service it stands behind, and what it was asked. */
export const arrivalSchema = z.object({
  service: z.string(),
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});
export type Arrival = z.infer<typeof arrivalSchema>;

export type ModelBackends = {
  /** What makes each Service lead to its model. */
  readonly slices: readonly TestObject[];
  stop(): Promise<void>;
};

/**
 * An address of this machine that an EndpointSlice may name: loopback and link-local ones are refused by the API server. Null
 * where there is none.
 */
export function findOwnAddress(): string | null {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const usable = all.find(
    ({ family, internal, address }) => family === "IPv4" && !internal && !address.startsWith("169.254."),
  );
  return usable?.address ?? null;
}

const documented = [
  ["get", "/health"],
  ["post", "/predict"],
  ["get", "/v1/models/rank"],
  ["post", "/v1/models/rank:predict"],
] as const;

/** The description of each of the models; `x-inside` keeps what the model itself calls an operation. */
export const modelDocument: JsonObject = {
  openapi: "3.1.0",
  info: { title: "Rank", version: "1.0" },
  paths: Object.fromEntries(
    documented.map(([method, path]) => [
      path,
      { [method]: { "x-inside": path, responses: { "200": { description: "What arrived." } } } },
    ]),
  ),
};

async function listen(service: string, address: string): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((req, res) => {
    const { method = "", url: path = "", headers } = req;
    req.resume();
    res
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ service, method, path, headers } satisfies Record<keyof Arrival, unknown>));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, address, resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("A TCP server has no port.");
  return { server, port: bound.port };
}

/** Starts a model behind each of the Services, at this address, that takes every path and tells what arrived. */
export async function startModelBackends(services: readonly TestObject[], address: string): Promise<ModelBackends> {
  const models = await Promise.all(
    services.map(async ({ metadata: { namespace = "default", name } }) => {
      const { server, port } = await listen(`${namespace}/${name}`, address);
      const slice: TestObject = {
        apiVersion: "discovery.k8s.io/v1",
        kind: "EndpointSlice",
        metadata: { namespace, name: `${name}-1`, labels: { "kubernetes.io/service-name": name } },
        addressType: "IPv4",
        ports: [{ name: "http", port, protocol: "TCP" }],
        endpoints: [{ addresses: [address], conditions: { ready: true, serving: true, terminating: false } }],
      };
      return { server, slice };
    }),
  );
  return {
    slices: models.map(({ slice }) => slice),
    async stop() {
      await Promise.all(
        models.map(
          ({ server }) =>
            new Promise<void>((resolve) => {
              server.close(() => {
                resolve();
              });
              server.closeAllConnections();
            }),
        ),
      );
    },
  };
}
