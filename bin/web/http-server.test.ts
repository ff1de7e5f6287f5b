import { afterEach, expect, test } from "vitest";
import { metrics } from "../../lib/base/index.ts";
import { kindOfRequest, measured } from "./http-metrics.ts";
import { listen } from "./http-server.ts";

const host = "127.0.0.1";
const failures: unknown[] = [];
const onFailure = (err: unknown): void => {
  failures.push(err);
};
let running: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  running = [];
  failures.length = 0;
});

async function serve(handler: Parameters<typeof listen>[0]): Promise<{ url: string; stop: () => Promise<void> }> {
  const started = await listen(handler, { host, port: 0, onFailure });
  running.push(started);
  const address = started.server.address();
  return {
    url: `http://${host}:${String(address !== null && typeof address === "object" ? address.port : 0)}`,
    stop: started.stop,
  };
}

test("a handler that throws is answered with 500 and without its reason", async () => {
  const { url } = await serve(() => {
    throw new Error("a secret reason");
  });
  const res = await fetch(url);
  expect(res.status).toBe(500);
  expect(await res.text()).not.toContain("secret");
  expect(failures).toHaveLength(1);
});

test("stopping lets an open answer end, ends event streams, and takes nothing new", async () => {
  let finish = (): void => undefined;
  const { url, stop } = await serve((req, res) => {
    if (req.url === "/events") {
      res.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
      return;
    }
    res.writeHead(200).write("begun ");
    finish = () => res.end("done");
  });
  const events = await fetch(`${url}/events`, { headers: { accept: "text/event-stream" } });
  const slow = await fetch(`${url}/slow`);
  const stopped = stop();
  expect(await events.text()).toBe("data: 1\n\n");
  finish();
  expect(await slow.text()).toBe("begun done");
  await stopped;
  await expect(fetch(url)).rejects.toThrow();
});

test("answers are counted by kind and status", async () => {
  const { url } = await serve(measured((_req, res) => void res.writeHead(404).end()));
  await (await fetch(`${url}/apis/team/model`)).text();
  expect(await metrics.metrics()).toContain('gatebook_http_request_seconds_count{kind="page",status="4xx"} 1');
});

test.each([
  ["/", "page"],
  ["/_next/static/chunks/a.js", "asset"],
  ["/api/auth/session", "sign-in"],
  ["/api/v1/events", "events"],
  ["/api/v1/apis/1/try/2", "console"],
  ["/api/v1/apis", "rest"],
])("%s is asked for as %s", (path, kind) => {
  expect(kindOfRequest(path)).toBe(kind);
});
