import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { watchedKinds } from "./registry.ts";
import { renderClusterRole } from "./render-cluster-role.ts";

type Rule = {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
};

/** "get pods." and so on, one for each right. */
function rightsIn(text: string): string[] {
  const { rules } = parse(text) as { readonly rules: readonly Rule[] };
  return rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) => resources.flatMap((plural) => verbs.map((verb) => `${verb} ${plural}.${group}`))),
  );
}

const text = readFileSync(new URL("../../deploy/cluster-role.yaml", import.meta.url), "utf8");
const statusOfOurs = "patch apidescriptions/status.gatebook.dev";

it("is the role that is deployed", () => {
  expect(text, "run `npm run sources`").toBe(renderClusterRole());
});

it("grants exactly the reading of what is watched", () => {
  const reading = watchedKinds.flatMap(({ group, plural }) =>
    ["get", "list", "watch"].map((verb) => `${verb} ${plural}.${group}`),
  );
  const definitions = ["list", "watch"].map((verb) => `${verb} customresourcedefinitions.apiextensions.k8s.io`);
  const rights = rightsIn(text).filter((right) => right !== statusOfOurs);
  expect(rights.sort()).toEqual([...new Set([...reading, ...definitions])].sort());
  expect(text).not.toMatch(/^ *- (secrets|configmaps|\*)/m);
});

it("grants the status of an ApiDescription where that kind is watched, and no other writing", () => {
  const own = { group: "gatebook.dev", kind: "ApiDescription", plural: "apidescriptions", versions: ["v1alpha1"] };
  const others = watchedKinds.filter(({ group }) => group !== own.group);
  const writing = (rights: readonly string[]) => rights.filter((right) => !/^(get|list|watch) /.test(right));
  expect(writing(rightsIn(renderClusterRole(others)))).toEqual([]);
  expect(writing(rightsIn(renderClusterRole([...others, { ...own, namespaced: true }])))).toEqual([statusOfOurs]);
});
