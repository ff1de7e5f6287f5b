import { describe, it } from "vitest";
import { stringify } from "yaml";
import { checkScenario, readScenarios } from "../../test/integration/read-scenarios.ts";
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
