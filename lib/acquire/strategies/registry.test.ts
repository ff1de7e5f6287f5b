import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { protocols, serverKinds } from "../../model/index.ts";
import type { Json, ProbeTarget } from "../../model/index.ts";
import { strategies } from "./registry.ts";

/** What runs a model or changes a server somewhere (SERVING §2, §4). */
const runsSomething =
  /predict|infer|explain|generate|invocations|completions|embeddings|:|\/load|\/unload|repository|\/metrics/;

describe.each(serverKinds)("%s", (server) => {
  const strategy = strategies[server];
  const target: ProbeTarget = {
    revision: "r",
    line: "main",
    probeKey: "k",
    server,
    protocol: "rest",
    modelName: "a/b c",
    examples: [],
    headers: [],
    declared: null,
    addresses: [],
    basePath: "/base/",
    prefixes: [],
    composed: null,
    admission: null,
    mayWake: false,
    isMeshed: false,
    hold: null,
  };

  it("has a file of its own that says where it asks, and where never", () => {
    const text = readFileSync(path.join(import.meta.dirname, `${server}.ts`), "utf8");
    for (const tag of [`@strategy ${server}`, "@server", "@asks", "@never"]) expect(text).toContain(tag);
    expect(strategy.server).toBe(server);
  });

  it("asks at few places, all of them documents below the workload's prefix, none of them a model", () => {
    for (const modelName of ["a/b c", null]) {
      const places = strategy.places({ ...target, modelName });
      expect(places.length).toBeLessThanOrEqual(4);
      for (const place of places) {
        expect(place).toMatch(/^\/base\/([!-~]+\.json|api-description)$/);
        expect(place).not.toMatch(runsSomething);
      }
    }
  });

  it("asks a model about itself at few places, none of which runs it, whatever it answers", async () => {
    const answers: readonly Json[] = [
      { models: ["m"], data: [{ id: "m" }], name: "m", inputs: [{ name: "x", datatype: "FP32", shape: [1] }] },
      [{ name: "m", state: "READY" }],
      { models: [{ name: "m" }] },
      [],
      "ok",
    ];
    for (const protocol of protocols) {
      for (const modelName of ["a/b c", null]) {
        for (const answer of [...answers, null]) {
          for (const way of [strategy.derive, strategy.complete, strategy.sign]) {
            const asked: string[] = [];
            await way?.(
              { ...target, protocol, modelName },
              async (path, { method = "GET" } = {}) => {
                asked.push(`${method} ${path}`);
                return answer;
              },
              async () => null,
            );
            expect(asked.length).toBeLessThanOrEqual(strategy.asksNothing === true ? 0 : 3);
            for (const question of asked) {
              if (question === "POST /v2/repository/index") continue;
              expect(question).toMatch(/^GET \/[!-~]+$/);
              expect(question).not.toMatch(runsSomething);
            }
          }
        }
      }
    }
  });
});
