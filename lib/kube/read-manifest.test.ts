import { describe, expect, test } from "vitest";
import type { KindRef } from "./kind-ref.ts";
import { readManifest, readManifestObject } from "./read-manifest.ts";

const service: KindRef = { group: "", kind: "Service", plural: "services", versions: ["v1"], namespaced: true };

function namesOf(name: string, text: string): unknown {
  const manifest = readManifest(name, text);
  if (manifest.kind === "broken") return manifest.message;
  return manifest.objects.map((object) => `${object.group}/${object.version} ${String(object.raw["kind"])}`);
}

describe("readManifest", () => {
  test("reads several documents, Lists within Lists, and JSON", () => {
    const yaml = `
apiVersion: v1
kind: Service
metadata: {name: a}
---
# nothing here
---
apiVersion: v1
kind: List
items:
  - {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: b}}
  - apiVersion: v1
    kind: ServiceList
    items: [{apiVersion: v1, kind: Service, metadata: {name: c}}]
`;
    expect(namesOf("a.yaml", yaml)).toEqual(["/v1 Service", "gateway.networking.k8s.io/v1 HTTPRoute", "/v1 Service"]);
    expect(namesOf("a.json", '{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"}}')).toEqual(["/v1 Service"]);
  });

  test("passes over YAML that is not of Kubernetes", () => {
    expect(namesOf("values.yaml", "replicas: 2\nimage: {tag: v1}")).toEqual([]);
    expect(namesOf("empty.yaml", "")).toEqual([]);
    expect(namesOf("list.yaml", "- 1\n- two")).toEqual([]);
    expect(namesOf("kind.yaml", "kind: 7\napiVersion: []")).toEqual([]);
  });

  test("says where a file is broken and which kinds it may hold", () => {
    const manifest = readManifest("a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: a\n");
    expect(manifest).toMatchObject({ kind: "broken", kinds: new Set(["Service"]) });
    expect(manifest.kind === "broken" ? manifest.message : "").toMatch(/^line 4, column 1: /);
    expect(readManifest("a.yaml", "kind: List\nitems: [")).toMatchObject({ kind: "broken", kinds: null });
    expect(readManifest("a.json", '{"kind":"Service",')).toMatchObject({ kind: "broken", kinds: new Set(["Service"]) });
  });

  test("refuses an alias bomb", () => {
    const levels = Array.from({ length: 12 }, (_, index) => {
      const items = index === 0 ? "x" : Array.from({ length: 9 }, () => `*l${String(index - 1)}`).join(", ");
      return `l${String(index)}: &l${String(index)} [${items}]`;
    });
    expect(namesOf("bomb.yaml", levels.join("\n"))).toMatch(/alias/i);
  });

  test.each([
    ["flow YAML", "a.yaml", "[".repeat(10_000) + "]".repeat(10_000)],
    ["block YAML", "a.yaml", Array.from({ length: 300 }, (_, index) => `${" ".repeat(index)}a:`).join("\n")],
    ["JSON", "a.json", "[".repeat(10_000) + "]".repeat(10_000)],
  ])("refuses %s that is nested too deep", (_, name, text) => {
    expect(namesOf(name, text)).toMatch(/nested/);
  });

  test("keeps hostile keys as plain data", () => {
    const manifest = readManifest(
      "a.yaml",
      "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n__proto__: {polluted: 1}",
    );
    expect(manifest.kind).toBe("ok");
    expect({}).not.toHaveProperty("polluted");
    const json =
      '{"apiVersion":"v1","kind":"Service","metadata":{"name":"a","labels":{"__proto__":"x"}},"constructor":1}';
    const read = readManifest("a.json", json);
    const first = read.kind === "ok" ? read.objects[0] : undefined;
    const object = first === undefined ? undefined : readManifestObject(first, service);
    const labels = object?.kind === "ok" ? object.object.metadata.labels : {};
    expect(Object.keys(labels)).toEqual(["__proto__"]);
    expect(labels["constructor"]).toBeUndefined();
  });
});

describe("readManifestObject", () => {
  const read = (raw: Record<string, unknown>) => readManifestObject({ group: "", version: "v1", raw }, service);

  test("puts an object without a namespace into default, and names its content by digest", () => {
    const first = read({ apiVersion: "v1", kind: "Service", metadata: { name: "a" }, spec: {} });
    const second = read({ apiVersion: "v1", kind: "Service", metadata: { name: "a" }, spec: { type: "ClusterIP" } });
    expect(first).toMatchObject({ kind: "ok", object: { metadata: { namespace: "default" } } });
    if (first.kind !== "ok" || second.kind !== "ok") throw new Error("Both are good objects.");
    expect(first.object.metadata.resourceVersion).not.toBe(second.object.metadata.resourceVersion);
  });

  test.each([
    ["no name", { metadata: {} }, /name/],
    ["no metadata", {}, /name/],
    ["a name with a slash", { metadata: { name: "a/b" } }, /name/],
    ["a label that is no text", { metadata: { name: "a", labels: { x: true } } }, /quote/],
    ["annotations that are a list", { metadata: { name: "a", annotations: ["x"] } }, /annotations/],
  ])("refuses %s", (_, raw, message) => {
    const outcome = read(raw);
    expect(outcome.kind === "invalid" ? outcome.message : "").toMatch(message);
  });
});
