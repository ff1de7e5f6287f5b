import { describe, expect, it } from "vitest";
import type { LabelSelector, Observed } from "../sources/index.ts";
import { indexByLabels, isSelected, meets } from "./select-by-labels.ts";

const labels = { app: "churn", tier: "web", empty: "" };

describe("a Service's selector", () => {
  it.each([
    ["takes what has its label", { app: "churn" }, true],
    ["takes what has all of its labels", { app: "churn", tier: "web" }, true],
    ["takes an empty value by name", { empty: "" }, true],
    ["leaves what has one of them only", { app: "churn", tier: "db" }, false],
    ["leaves what has another value", { app: "Churn" }, false],
    ["leaves what lacks the label, though its value is empty", { missing: "" }, false],
    ["takes nothing where it is empty", {}, false],
    ["leaves what only inherits a name", { toString: "" }, false],
  ])("%s", (_, selector, expected) => {
    expect(isSelected(labels, selector)).toBe(expected);
  });
});

describe("what a selector picks out of many", () => {
  function observed(name: string, own: Readonly<Record<string, string>>, namespace = "team"): Observed {
    return {
      group: "",
      kind: "Pod",
      namespace,
      name,
      uid: name,
      createdAt: "",
      labels: own,
      annotations: {},
      owners: [],
    };
  }
  const all = [
    observed("a", { app: "churn", tier: "web" }),
    observed("b", { app: "churn", tier: "db" }),
    observed("c", { app: "fraud", tier: "web" }),
    observed("d", { app: "churn", tier: "web" }, "other"),
    observed("e", {}),
  ];
  const labelsOf = (observation: Observed): Readonly<Record<string, string>> => observation.labels;

  it.each([
    ["by one label, in their order", "team", { app: "churn" }, ["a", "b"]],
    ["by all labels", "team", { app: "churn", tier: "web" }, ["a"]],
    ["in its own namespace alone", "other", { app: "churn" }, ["d"]],
    ["nothing where one label is nobody's", "team", { app: "churn", tier: "gpu" }, []],
    ["nothing where no namespace has it", "elsewhere", { app: "churn" }, []],
    ["nothing where it is empty", "team", {}, []],
    ["nothing by names that others put together", "team/app=churn", {}, []],
  ])("%s", (_, namespace, selector, names) => {
    const picked = indexByLabels(all, labelsOf).select(namespace, selector);
    expect(picked.map(({ name }) => name)).toEqual(names);
  });
});

describe("a selector of the API's own form", () => {
  const selecting = (
    ...expressions: readonly (readonly [key: string, operator: string, ...values: string[]])[]
  ): LabelSelector => ({
    labels: {},
    expressions: expressions.map(([key, operator, ...values]) => ({ key, operator, values })),
  });

  it.each([
    ["takes everything where it is empty", { labels: {}, expressions: [] }, true],
    ["takes by labels", { labels: { app: "churn" }, expressions: [] }, true],
    ["leaves by labels", { labels: { app: "fraud" }, expressions: [] }, false],
    ["In takes one of the values", selecting(["app", "In", "fraud", "churn"]), true],
    ["In leaves another value", selecting(["app", "In", "fraud"]), false],
    ["In leaves what lacks the label", selecting(["missing", "In", ""]), false],
    ["NotIn leaves one of the values", selecting(["app", "NotIn", "fraud", "churn"]), false],
    ["NotIn takes another value", selecting(["app", "NotIn", "fraud"]), true],
    ["NotIn takes what lacks the label, whatever the values", selecting(["missing", "NotIn", ""]), true],
    ["Exists takes any value", selecting(["empty", "Exists"]), true],
    ["Exists leaves what lacks the label", selecting(["missing", "Exists"]), false],
    ["Exists leaves what only inherits a name", selecting(["toString", "Exists"]), false],
    ["DoesNotExist leaves any value", selecting(["empty", "DoesNotExist"]), false],
    ["DoesNotExist takes what lacks the label", selecting(["missing", "DoesNotExist"]), true],
    ["an operator that is not known takes nothing", selecting(["app", "Like", "churn"]), false],
    ["all expressions must hold", selecting(["app", "Exists"], ["tier", "In", "db"]), false],
    ["labels and expressions must hold", { ...selecting(["tier", "Exists"]), labels: { app: "fraud" } }, false],
    ["both hold", { ...selecting(["tier", "Exists"]), labels: { app: "churn" } }, true],
  ])("%s", (_, selector, expected) => {
    expect(meets(labels, selector)).toBe(expected);
  });
});
