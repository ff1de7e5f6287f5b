import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { waitUntil } from "../../test/integration/wait-until.ts";
import { createLogger } from "../base/index.ts";
import type { ClusterReader, KindRef, ManifestsOptions } from "./index.ts";
import { openManifests } from "./index.ts";

const logger = createLogger("test", "silent");
const service: KindRef = { group: "", kind: "Service", plural: "services", versions: ["v1"], namespaced: true };
const route: KindRef = {
  group: "gateway.networking.k8s.io",
  kind: "HTTPRoute",
  plural: "httproutes",
  versions: ["v1", "v1beta1"],
  namespaced: true,
};
const configMap: KindRef = { group: "", kind: "ConfigMap", plural: "configmaps", versions: ["v1"], namespaced: true };

const serviceYaml = (...names: readonly string[]): string =>
  names.map((name) => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\n`).join("---\n");

describe("openManifests", () => {
  let folder: string;
  let reader: ClusterReader;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "gatebook-manifests-"));
  });
  afterEach(async () => {
    await reader.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  const names = (): string[] =>
    reader
      .list(service)
      .objects()
      .map((object) => object.metadata.name)
      .sort();
  const untilNames = async (...wanted: string[]): Promise<unknown> =>
    waitUntil(`the names ${wanted.join()}`, () => names().join() === wanted.join(), { describe: names });
  const untilState = async (kind: string): Promise<unknown> =>
    waitUntil(`the state ${kind}`, () => reader.list(service).state().kind === kind);

  async function open(more: Partial<ManifestsOptions> = {}): Promise<void> {
    reader = openManifests({ cluster: "test", folder, kinds: [service, route], logger, rescanMs: 1_000, ...more });
    await reader.start();
  }

  test("reads what is there and holds kinds without objects as synced and empty", async () => {
    write("a.yaml", serviceYaml("a", "b"));
    write("deep/er/c.yml", serviceYaml("c"));
    write("d.json", '{"apiVersion":"v1","kind":"Service","metadata":{"name":"d","namespace":"team"}}');
    write("README.md", serviceYaml("no"));
    write(".hidden/e.yaml", serviceYaml("no"));
    await open();
    expect(names()).toEqual(["a", "b", "c", "d"]);
    expect(reader.confirming).toBe(false);
    expect(reader.list(service).get("default", "a")?.metadata.name).toBe("a");
    expect(reader.list(service).get("team", "d")?.metadata.name).toBe("d");
    expect(reader.list(service).confirmedAt()).toBeInstanceOf(Date);
    expect(reader.list(route).state()).toEqual({ kind: "synced" });
    expect(reader.list(route).objects()).toEqual([]);
    expect(reader.problems()).toEqual([]);
  });

  test("follows files that come, change, move and go, and keeps the identity of what did not change", async () => {
    write("a.yaml", serviceYaml("a", "b"));
    await open({ rescanMs: 60_000 });
    const kept = reader.list(service).get("default", "a");
    write("new/c.yaml", serviceYaml("c"));
    await untilNames("a", "b", "c");
    write("a.yaml", serviceYaml("a") + "---\n" + serviceYaml("b").replace("{name: b}", "{name: b, labels: {x: y}}"));
    await waitUntil("the change", () => reader.list(service).get("default", "b")?.metadata.labels["x"] === "y");
    expect(reader.list(service).get("default", "a")).toBe(kept);
    renameSync(path.join(folder, "new/c.yaml"), path.join(folder, "c.yaml"));
    await untilNames("a", "b", "c");
    rmSync(path.join(folder, "a.yaml"));
    await untilNames("c");
    expect(reader.list(service).state()).toEqual({ kind: "synced" });
  });

  test("keeps the last good content of a broken file and says so, for its kinds alone", async () => {
    write("a.yaml", serviceYaml("a"));
    write("b.yaml", serviceYaml("b"));
    await open();
    write("a.yaml", serviceYaml("a", "x") + "---\nmetadata: {");
    await untilState("stale");
    expect(reader.list(service).state()).toMatchObject({ reason: "invalid" });
    expect(reader.list(route).state()).toEqual({ kind: "synced" });
    expect(names()).toEqual(["a", "b"]);
    expect(reader.problems()).toMatchObject([{ place: "a.yaml" }]);
    write("a.yaml", serviceYaml("a", "x"));
    await untilNames("a", "b", "x");
    expect(reader.list(service).state()).toEqual({ kind: "synced" });
    expect(reader.problems()).toEqual([]);
  });

  test("does not take a file that was broken from the start for an empty one", async () => {
    write("a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: ");
    await open();
    expect(reader.list(service).state()).toMatchObject({ kind: "stale", reason: "invalid" });
    expect(reader.list(route).state()).toEqual({ kind: "synced" });
  });

  test("keeps the last good content of a file in which an object lost its name", async () => {
    write("a.yaml", serviceYaml("a", "b"));
    await open();
    write("a.yaml", serviceYaml("a") + "---\napiVersion: v1\nkind: Service\nmetadata: {}\n");
    await untilState("stale");
    expect(names()).toEqual(["a", "b"]);
  });

  test("keeps everything when the folder goes away, and follows it when it is back", async () => {
    write("a.yaml", serviceYaml("a"));
    await open({ rescanMs: 100 });
    renameSync(folder, `${folder}-away`);
    await untilState("stale");
    expect(reader.list(service).state()).toMatchObject({ reason: "unreachable" });
    expect(names()).toEqual(["a"]);
    renameSync(`${folder}-away`, folder);
    write("b.yaml", serviceYaml("b"));
    await untilNames("a", "b");
    expect(reader.list(service).state()).toEqual({ kind: "synced" });
  });

  test("starts on a folder that is not there yet", async () => {
    rmSync(folder, { recursive: true });
    await open({ rescanMs: 100 });
    expect(reader.list(service).state()).toMatchObject({ kind: "stale", reason: "unreachable" });
    write("a.yaml", serviceYaml("a"));
    await untilNames("a");
  });

  test("takes the first of two files that hold the same object, and reports the other", async () => {
    write("a.yaml", serviceYaml("same") + "---\n" + serviceYaml("a"));
    write("b.yaml", serviceYaml("same"));
    await open();
    expect(names()).toEqual(["a", "same"]);
    expect(reader.problems()).toMatchObject([{ place: "b.yaml" }]);
  });

  test("follows no link that leads out of the folder", async () => {
    const outside = mkdtempSync(path.join(tmpdir(), "gatebook-outside-"));
    writeFileSync(path.join(outside, "x.yaml"), serviceYaml("outside"));
    write("..data/in.yaml", serviceYaml("inside"));
    symlinkSync(path.join("..data", "in.yaml"), path.join(folder, "in.yaml"));
    symlinkSync(path.join(outside, "x.yaml"), path.join(folder, "out.yaml"));
    symlinkSync(folder, path.join(folder, "loop"));
    await open();
    expect(names()).toEqual(["inside"]);
    expect(reader.problems().map((problem) => problem.place)).toContain("out.yaml");
    rmSync(outside, { recursive: true });
  });

  test("sees a mounted ConfigMap change by the swap of its link", async () => {
    write("..one/a.yaml", serviceYaml("one"));
    write("..two/a.yaml", serviceYaml("two"));
    symlinkSync("..one", path.join(folder, "..data"));
    symlinkSync(path.join("..data", "a.yaml"), path.join(folder, "a.yaml"));
    await open({ rescanMs: 100 });
    expect(names()).toEqual(["one"]);
    symlinkSync("..two", path.join(folder, "..tmp"));
    renameSync(path.join(folder, "..tmp"), path.join(folder, "..data"));
    await untilNames("two");
  });

  test("keeps what a file held that has become too large", async () => {
    write("a.yaml", serviceYaml("a"));
    await open({ fileBytesMax: 200 });
    write("a.yaml", serviceYaml("a", "b", "c", "d", "e", "f"));
    await untilState("stale");
    expect(names()).toEqual(["a"]);
  });

  test("keeps what a file held that cannot be read any more", async () => {
    write("a.yaml", serviceYaml("a"));
    await open();
    // A link to itself cannot be read by anybody, root included.
    symlinkSync("a.yaml", path.join(folder, ".loop"));
    renameSync(path.join(folder, ".loop"), path.join(folder, "a.yaml"));
    await untilState("stale");
    expect(names()).toEqual(["a"]);
  });

  test("reads one object directly, of a kind that is not watched too", async () => {
    write(
      "a.yaml",
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: docs, namespace: team}\ndata: {openapi.yaml: text}\n",
    );
    await open();
    expect(await reader.read(configMap, "team", "docs")).toMatchObject({
      kind: "found",
      object: { data: { "openapi.yaml": "text" } },
    });
    expect(await reader.read(configMap, "default", "docs")).toEqual({ kind: "absent" });
  });

  test("reads only versions that are accepted", async () => {
    write("a.yaml", "apiVersion: gateway.networking.k8s.io/v1beta1\nkind: HTTPRoute\nmetadata: {name: a}\n");
    write("b.yaml", "apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: HTTPRoute\nmetadata: {name: b}\n");
    await open();
    expect(
      reader
        .list(route)
        .objects()
        .map((object) => object.metadata.name),
    ).toEqual(["a"]);
    expect(reader.list(route).servedVersion()).toBe("v1beta1");
  });
});
