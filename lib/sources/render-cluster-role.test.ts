import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { watchedKinds } from "./registry.ts";

type Rule = {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
};

it("the documented role grants exactly what is watched, and no right to write", () => {
  const text = readFileSync(path.join(import.meta.dirname, "../../docs/cluster.md"), "utf8");
  const block = /```yaml\n([\s\S]*?kind: ClusterRole[\s\S]*?)```/.exec(text)?.[1] ?? "";
  const [role] = parseAllDocuments(block).map((document) => document.toJS() as { readonly rules: readonly Rule[] });
  const rules = role?.rules ?? [];
  const granted = rules.flatMap(({ apiGroups, resources }) =>
    apiGroups.flatMap((group) => resources.map((plural) => `${plural}.${group}`)),
  );
  const watched = watchedKinds.map(({ group, plural }) => `${plural}.${group}`);
  expect(granted.sort()).toEqual([...watched, "customresourcedefinitions.apiextensions.k8s.io"].sort());
  expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(["get", "list", "watch"]));
});
