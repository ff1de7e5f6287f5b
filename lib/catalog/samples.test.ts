import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { discover } from "./discover.ts";
import { expectBounded } from "./testdata/bounds.ts";
import { worldOfObjects } from "./testdata/world.ts";
import type { Raw } from "./testdata/world.ts";

/** What projects write as samples of their own resources, and such resources with a status. */
const folder = path.join(
  process.env["GATEBOOK_SHARED"] ?? path.join(import.meta.dirname, "../../../shared"),
  "samples",
);
const files = existsSync(folder)
  ? readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yaml"))
  : [];

/** Kinds of which each object is an API, a part of one, or left out with a reason. */
const listed = new Set([
  "BentoDeployment",
  "InferenceGraph",
  "InferencePool",
  "InferenceService",
  "KnativeService",
  "LLMInferenceService",
  "Model",
  "NIMService",
  "NuclioFunction",
  "Pipeline",
  "RayService",
  "SeldonDeployment",
  "Service",
  "TrainedModel",
  "Workspace",
]);

/** Objects of a file; without a name (input of `nuctl`) it is none. */
function read(file: string): readonly Raw[] {
  return parseAllDocuments(readFileSync(path.join(folder, file), "utf8"))
    .map((document) => document.toJS() as Partial<Raw> | null)
    .filter((raw): raw is Raw => typeof raw?.metadata?.["name"] === "string");
}

function nameOf({ apiVersion, kind, metadata }: Raw): string {
  const shown = apiVersion.startsWith("serving.knative.dev/") && kind === "Service" ? "KnativeService" : kind;
  return `${shown} ${String(metadata["name"])}`;
}

it.skipIf(files.length === 0)("there are samples of other projects (skipped where their folder is absent)", () => {
  expect(files.length).toBeGreaterThan(40);
});

describe("samples of other projects", () => {
  it.each(files.flatMap((file) => [true, false].map((confirming) => [file, confirming] as const)))(
    "%s, in a cluster: %s",
    (file, confirming) => {
      const objects = read(file);
      const world = worldOfObjects(objects, { confirming });
      const discovery = discover(world);
      expectBounded(discovery, world);
      const told = new Set([
        ...discovery.apis.flatMap(({ key, members, revisions }) => [
          `${key.kind} ${key.name}`,
          ...members.map(({ kind, name }) => `${kind} ${name}`),
          ...revisions.map(({ name }) => `${key.kind} ${name}`),
        ]),
        ...discovery.leftOut.map(({ object }) => `${object.kind} ${object.name}`),
      ]);
      const wanted = objects.map(nameOf).filter((name) => listed.has(name.split(" ")[0] ?? ""));
      expect(wanted.filter((name) => !told.has(name))).toEqual([]);
      expect(
        discovery.warnings.map(({ message }) => message).filter((message) => !/ does not exist\.$/.test(message)),
      ).toEqual([]);
    },
  );
});
