import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { serverKinds } from "../../model/index.ts";
import type { ProbeTarget } from "../../model/index.ts";
import { strategies } from "./registry.ts";

/** What runs a model or changes a server somewhere (SERVING §2, §4). */
const runsSomething =
  /predict|infer|explain|generate|invocations|completions|embeddings|:|\/load|\/unload|repository|\/metrics/;

describe.each(serverKinds)("%s", (server) => {
  const strategy = strategies[server];
  const target: ProbeTarget = {
    revision: "r",
    probeKey: "k",
    server,
    modelName: "a/b c",
    declared: null,
    addresses: [],
    basePath: "/base/",
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
      expect(places.length).toBeLessThanOrEqual(3);
      for (const place of places) {
        expect(place).toMatch(/^\/base\/([!-~]+\.json|api-description)$/);
        expect(place).not.toMatch(runsSomething);
      }
    }
  });
});
