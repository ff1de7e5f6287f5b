import { describe, expect, it } from "vitest";
import { containersOf, gpusOf } from "./containers.ts";

describe("words of a container", () => {
  const wordsOf = (container: unknown): unknown => containersOf({ containers: [container] })[0]?.words;
  const script = `exec uvicorn app:app ${"# ".repeat(5_000)}`;

  it.each([
    ["arguments stand behind the command", { command: ["a"], args: ["b"] }, ["a", "b"]],
    ["a long script is read", { command: ["sh", "-c"], args: [script] }, ["sh", "-c", script]],
    ["an empty word keeps its place", { args: ["--model", "", "serve"] }, ["--model", "", "serve"]],
    ["what is no text keeps its place", { args: ["--port", 80, null, "serve"] }, ["--port", "", "", "serve"]],
    ["what nobody can read keeps its place", { args: ["x".repeat(20_001), "serve"] }, ["", "serve"]],
    ["a text is no list", { command: "uvicorn app:app", args: {} }, []],
    ["a container that is none has none", 7, []],
  ])("%s", (_, container, words) => {
    expect(wordsOf(container)).toEqual(words);
  });

  it("are bounded, as containers, variables and ports are", () => {
    const many = Array.from({ length: 900 }, (_, index) => ({ name: `n${String(index)}`, value: "x" }));
    const container = { command: Array(900).fill("x"), args: Array(900).fill("x"), env: many, ports: many };
    const containers = containersOf({ containers: Array(900).fill(container) });
    expect(containers).toHaveLength(20);
    expect(containers[0]?.words).toHaveLength(400);
    expect(Object.keys(containers[0]?.environment ?? {})).toHaveLength(200);
    expect(containers[0]?.ports).toHaveLength(50);
  });
});

describe("variables", () => {
  it.each([
    ["a value from elsewhere is empty", { name: "A", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }, { A: "" }],
    ["a value that is no text is empty", { name: "A", value: 7 }, { A: "" }],
    ["one without a name is none", { value: "x" }, {}],
    ["one that is named like what objects inherit is one", { name: "__proto__", value: "x" }, { ["__proto__"]: "x" }],
  ])("%s", (_, variable, environment) => {
    expect(containersOf({ containers: [{ env: [variable] }] })[0]?.environment).toEqual(environment);
  });
});

describe("accelerators", () => {
  it.each([
    ["a limit", { limits: { "nvidia.com/gpu": "1" } }, "1 (nvidia.com/gpu)"],
    ["a number", { limits: { "nvidia.com/gpu": 2 } }, "2 (nvidia.com/gpu)"],
    ["a request", { requests: { "amd.com/gpu": "1" } }, "1 (amd.com/gpu)"],
    [
      "a limit before a request",
      { requests: { "amd.com/gpu": "1" }, limits: { "amd.com/gpu": "2" } },
      "2 (amd.com/gpu)",
    ],
    ["a part of one", { limits: { "nvidia.com/mig-1g.5gb": "1" } }, "1 (nvidia.com/mig-1g.5gb)"],
    ["none of them", { limits: { "nvidia.com/gpu": "0" } }, null],
    ["another resource", { limits: { cpu: "4" } }, null],
    ["nonsense", { limits: ["nvidia.com/gpu"] }, null],
    ["an amount that is none", { limits: { "nvidia.com/gpu": { many: true } } }, null],
  ])("%s", (_, resources, expected) => {
    expect(gpusOf(resources)).toBe(expected);
  });
});
