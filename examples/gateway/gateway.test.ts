import { createServer } from "node:http";
import type { Server } from "node:http";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { clusterSource } from "../live-cluster.ts";
import { matchRule } from "./match-rule.ts";
import { buildRouteTable } from "./route-table.ts";
import { startGateway } from "./start-gateway.ts";

async function rulesOf(name: string) {
  const text = await readFile(join(clusterSource, name), "utf8");
  return buildRouteTable(parseAllDocuments(text).map((document): unknown => document.toJSON() as unknown));
}

test("sends a hundred calls through the canary's weights", async () => {
  const rules = await rulesOf("forecast.yaml");
  const ports = Array.from({ length: 100 }, (_, index) =>
    matchRule(rules, { host: "models.localhost", path: "/forecast/forecast" }, index / 100),
  ).map((routed) => (routed.kind === "backend" ? routed.backend.port : 0));
  expect(ports.filter((port) => port === 18_107)).toHaveLength(90);
  expect(ports.filter((port) => port === 18_117)).toHaveLength(10);
});

test.each([
  ["/sentiment", "/"],
  ["/sentiment/", "/"],
  ["/sentiment/classify", "/classify"],
])("rewrites %s to %s", async (path, expected) => {
  const routed = matchRule(await rulesOf("sentiment.yaml"), { host: "models.localhost", path }, 0);
  expect(routed).toMatchObject({ kind: "backend", path: expected });
});

test.each([
  ["another host", "example.com", "/sentiment/classify"],
  ["a longer segment", "models.localhost", "/sentimental"],
])("routes nothing for %s", async (_case, host, path) => {
  expect(matchRule(await rulesOf("sentiment.yaml"), { host, path }, 0)).toEqual({ kind: "no-route" });
});

test("routes a whole host by KServe's pattern, an Ingress by its host, and says where no backend is ready", async () => {
  const churn = matchRule(await rulesOf("churn.yaml"), { host: "churn-team-growth.models.localhost", path: "/v2" }, 0);
  expect(churn).toMatchObject({ kind: "backend", backend: { port: 18_101 }, path: "/v2" });
  const palette = matchRule(await rulesOf("palette.yaml"), { host: "palette.models.localhost", path: "/palette" }, 0);
  expect(palette).toMatchObject({ kind: "backend", backend: { port: 18_103 }, path: "/palette" });
  const summaries = matchRule(await rulesOf("summaries.yaml"), { host: "models.localhost", path: "/summaries/x" }, 0);
  expect(summaries).toEqual({ kind: "no-backend" });
});

let folder: string;
let backend: Server;
let gateway: Awaited<ReturnType<typeof startGateway>>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gatebook-gateway-"));
  backend = createServer((req, res) => {
    res.writeHead(200, { "content-type": "text/event-stream", "x-seen": req.url ?? "" });
    res.write("first ");
    req.on("data", (chunk: Buffer) => res.write(chunk));
    req.on("end", () => res.end(" last"));
  });
  await new Promise<void>((resolve) => backend.listen(0, "127.0.0.1", resolve));
  gateway = await startGateway({ folder, port: 0 });
});

afterEach(async () => {
  await gateway.stop();
  await new Promise((resolve) => backend.close(resolve));
  await rm(folder, { recursive: true });
});

async function call(path: string): Promise<Response> {
  const { request } = await import("node:http");
  return new Promise((resolve, reject) => {
    const req = request(
      { port: gateway.port, host: "127.0.0.1", path, method: "POST", headers: { host: "models.localhost" } },
      (res) => {
        let text = "";
        res.on("data", (chunk: Buffer) => (text += chunk.toString()));
        res.on("end", () => {
          resolve(
            new Response(text, { status: res.statusCode ?? 0, headers: { "x-seen": String(res.headers["x-seen"]) } }),
          );
        });
      },
    );
    req.on("error", reject);
    req.end("body");
  });
}

test("passes a call and its answer through, follows the folder, and says what it cannot reach", async () => {
  expect((await call("/sentiment/classify?a=1")).status).toBe(404);
  const address = backend.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const text = await readFile(join(clusterSource, "sentiment.yaml"), "utf8");
  await cp(join(clusterSource, "gateway.yaml"), join(folder, "gateway.yaml"));
  await writeFile(join(folder, "sentiment.yaml"), text.replaceAll("port: 18102", `port: ${String(port)}`));
  await expect.poll(async () => (await call("/sentiment/classify?a=1")).status).toBe(200);
  const res = await call("/sentiment/classify?a=1");
  expect(res.headers.get("x-seen")).toBe("/classify?a=1");
  expect(await res.text()).toBe("first body last");
  await writeFile(join(folder, "sentiment.yaml"), text.replaceAll("port: 18102", "port: 1"));
  await expect.poll(async () => (await call("/sentiment/classify")).status).toBe(502);
});
