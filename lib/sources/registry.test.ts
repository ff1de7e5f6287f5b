import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { KubeObject } from "../kube/index.ts";
import { sources } from "./registry.ts";

/** Every source file by the constant that it exports. */
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => ({ name: name.slice(0, -3), text: readFileSync(path.join(import.meta.dirname, name), "utf8") }))
  .filter(({ text }) => text.includes("@source "));

const hostile: readonly unknown[] = [
  null,
  7,
  "text",
  [],
  [null],
  { a: [] },
  { ports: [null], rules: [[]], parents: {} },
];

it("every file with a source is in the registry", () => {
  expect(files).toHaveLength(sources.length);
});

describe.each(sources.map((source) => [source.kind.kind, source] as const))("%s", (kind, source) => {
  it("has a file of its own that says what it reads", () => {
    const { group, versions } = source.kind;
    const tag = `@kind ${group === "" ? "" : `${group}/`}${versions.join(", ")} ${kind}\n`;
    const own = files.filter(({ text }) => text.includes(tag));
    expect(own.map(({ name }) => name)).toHaveLength(1);
    expect(own[0]?.text).toContain(`@source ${own[0]?.name ?? ""}\n`);
    for (const field of ["reads", "limits"]) expect(own[0]?.text).toMatch(new RegExp(`@${field} |^ {2}${field}:`, "m"));
  });

  it("is accepted in at least one version, under a plural", () => {
    expect(source.kind.versions.length).toBeGreaterThan(0);
    expect(source.kind.plural).toMatch(/^[a-z]+$/);
  });

  it("never throws for what an object holds", () => {
    for (const spec of hostile) {
      for (const status of hostile) {
        const object = {
          apiVersion: "v1",
          kind,
          metadata: {
            name: "x",
            namespace: "team",
            labels: { "kubernetes.io/service-name": "x" },
            annotations: {},
            ownerReferences: [],
          },
          spec,
          status,
          ports: spec,
          endpoints: status,
        } as unknown as KubeObject;
        expect(() => source.observe(object)).not.toThrow();
      }
    }
  });
});
