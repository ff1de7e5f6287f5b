import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { checkScenario, readScenarios } from "../../test/integration/read-scenarios.ts";
import { formatKind } from "../kube/index.ts";
import { watchedKinds } from "../sources/index.ts";
import { discover } from "./discover.ts";
import { worldOf } from "./testdata/world.ts";

describe.each(readScenarios().map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
  const yaml = scenario.objects.map((object) => stringify(object)).join("---\n");

  it("is the catalogue that its scenario expects", () => {
    checkScenario(scenario, discover(worldOf(yaml)));
  });

  it("does not depend on the order of objects", () => {
    checkScenario(scenario, discover(worldOf(yaml, { reversed: true })));
  });
});

it("every kind that is watched occurs in one of them, in a version that is read", () => {
  const used = new Set(
    readScenarios()
      .flatMap(({ objects }) => objects)
      .map((object) => `${String(object["apiVersion"])} ${String(object["kind"])}`),
  );
  const missing = watchedKinds.filter(
    ({ group, kind, versions }) =>
      !versions.some((version) => used.has(`${group === "" ? "" : `${group}/`}${version} ${kind}`)),
  );
  expect(missing.map(formatKind)).toEqual([]);
});
