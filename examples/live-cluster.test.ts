import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exampleModels } from "./models/catalogue.ts";
import { applyRollout, clusterSource, prepareLiveCluster, withPorts } from "./live-cluster.ts";
import { defaultExampleSettings, readExampleSettings } from "./settings.ts";

let live: string;

beforeEach(async () => {
  live = join(await mkdtemp(join(tmpdir(), "gatebook-live-")), "cluster");
});

afterEach(async () => {
  await rm(join(live, ".."), { recursive: true });
});

const sentiment = (): Promise<string> => readFile(join(live, "sentiment.yaml"), "utf8");

test("copies the manifests, and keeps a rollout over a restart", async () => {
  expect(await prepareLiveCluster(live, defaultExampleSettings)).toBe("copied");
  expect(await readdir(live)).toEqual(await readdir(clusterSource));
  expect(await applyRollout(live, defaultExampleSettings, false)).toBe(true);
  expect(await prepareLiveCluster(live, defaultExampleSettings)).toBe("kept");
  expect(await sentiment()).toContain("search/sentiment:2.0.0");
});

test("rolls out once, and back", async () => {
  await prepareLiveCluster(live, defaultExampleSettings);
  const before = await sentiment();
  expect(await applyRollout(live, defaultExampleSettings, false)).toBe(true);
  expect(await applyRollout(live, defaultExampleSettings, false)).toBe(false);
  expect(await applyRollout(live, defaultExampleSettings, true)).toBe(true);
  expect(await sentiment()).toBe(before);
});

test("names what is missing where the example was never started", async () => {
  await expect(applyRollout(live, defaultExampleSettings, false)).rejects.toThrow("npm start");
});

test("writes other ports, and nothing else, into the copy", async () => {
  const settings = { portBase: 28_100, gatewayPort: 9088 };
  expect(withPorts("port: 18102 and 8088, 0.8088, 18200, 80", settings)).toBe(
    "port: 28102 and 9088, 0.8088, 18200, 80",
  );
  await prepareLiveCluster(live, settings);
  for (const name of await readdir(live)) {
    expect(await readFile(join(live, name), "utf8")).not.toMatch(/\b(181\d\d|8088)\b/);
  }
});

test("names a port for each model, and no model twice", async () => {
  const offsets = exampleModels.map(({ portOffset }) => portOffset);
  expect(new Set(offsets).size).toBe(offsets.length);
  const texts = await Promise.all(
    ["cluster", "rollout"].map(async (folder) => {
      const path = join(clusterSource, "..", folder);
      const names = await readdir(path);
      return Promise.all(names.map((name) => readFile(join(path, name), "utf8")));
    }),
  );
  const named = new Set(
    [
      ...texts
        .flat()
        .join("\n")
        .matchAll(/port: (181\d\d)/g),
    ].map(([, port]) => Number(port)),
  );
  expect([...named].sort()).toEqual(offsets.map((offset) => defaultExampleSettings.portBase + offset).sort());
});

test("refuses ports that are none", () => {
  expect(() => readExampleSettings({ EXAMPLES_PORT_BASE: "many" })).toThrow("EXAMPLES_PORT_BASE");
});
