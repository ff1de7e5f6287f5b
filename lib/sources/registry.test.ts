import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { KubeObject } from "../kube/index.ts";
import { sources } from "./registry.ts";

const files: Readonly<Record<string, string>> = {
  Service: "service",
  Ingress: "ingress",
  Gateway: "gateway",
  HTTPRoute: "http-route",
  ReferenceGrant: "reference-grant",
  InferenceService: "inference-service",
  Revision: "knative-revision",
  Deployment: "deployment",
  Pod: "pod",
  EndpointSlice: "endpoint-slice",
  Namespace: "namespace",
};

const hostile: readonly unknown[] = [
  null,
  7,
  "text",
  [],
  [null],
  { a: [] },
  { ports: [null], rules: [[]], parents: {} },
];

describe.each(sources.map((source) => [source.kind.kind, source] as const))("%s", (kind, source) => {
  it("has a file of its own that says what it reads", () => {
    const text = readFileSync(path.join(import.meta.dirname, `${files[kind] ?? "missing"}.ts`), "utf8");
    for (const tag of ["@source", "@kind", "@reads", "@limits"]) expect(text).toContain(tag);
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
