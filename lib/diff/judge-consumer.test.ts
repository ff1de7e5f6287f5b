import { describe, expect, it } from "vitest";
import type { JsonObject } from "../model/index.ts";
import { compareDescriptions } from "./compare-descriptions.ts";
import { judgeConsumer } from "./judge-consumer.ts";
import type { UsedOperation } from "./judge-consumer.ts";
import { describeDocument, documentOf } from "./testdata/build-document.ts";

const ok = { responses: { 200: { description: "ok" } } } as const;

function takes(schema: JsonObject, more: JsonObject = {}): JsonObject {
  return { ...ok, requestBody: { content: { "application/json": { schema } } }, ...more };
}

const base = documentOf(
  {
    "/predict": { post: takes({ $ref: "#/components/schemas/Customer" }) },
    "/explain": { post: takes({ $ref: "#/components/schemas/Customer" }) },
    "/models/{name}": { get: ok, put: takes({ type: "object" }) },
    "/models/all": { get: ok },
    "/old": { get: { ...ok, deprecated: true, "x-sunset": "2026-01-01" } },
    "/health": { get: ok },
  },
  { components: { schemas: { Customer: { type: "object", properties: { age: { type: "integer" } } } } } },
);
const revision = documentOf(
  {
    "/predict": { post: takes({ $ref: "#/components/schemas/Customer" }) },
    "/explain": { post: takes({ $ref: "#/components/schemas/Customer" }) },
    "/models/{id}": { get: ok, put: takes({ type: "object", properties: { note: { type: "string" } } }) },
    "/models/all": { get: { ...ok, operationId: "listModels" } },
    "/health": { get: ok },
  },
  { components: { schemas: { Customer: { type: "object", properties: { age: { type: "integer", maximum: 120 } } } } } },
);

function judge(to: JsonObject, ...used: readonly UsedOperation[]) {
  const before = describeDocument(base);
  const options = { now: new Date("2026-11-26T00:00:00Z") };
  return judgeConsumer(before, compareDescriptions(before, describeDocument(to), options), used);
}

describe("what a revision means to a consumer", () => {
  it.each<[string, UsedOperation, string, string]>([
    ["an operation with a shared component", { method: "post", path: "/explain" }, "must-change", "at most `120`"],
    ["what went after its sunset", { method: "get", path: "/old" }, "must-change", "GET /old"],
    ["what takes more now", { method: "put", path: "/models/{name}" }, "nothing-to-do", "1 compatible change"],
    [
      "the same by a path that is called",
      { method: "put", path: "/models/churn?dry=1" },
      "nothing-to-do",
      "1 compatible",
    ],
    ["what is as it was", { method: "get", path: "/health/" }, "nothing-to-do", "Nothing that you use has changed."],
    ["a path beside a template that takes it", { method: "get", path: "/models/all" }, "nothing-to-do", "1 compatible"],
    ["what is not described", { method: "delete", path: "/models/churn" }, "should-check", "DELETE /models/churn"],
  ])("is told of %s", (_, used, verdict, why) => {
    const judged = judge(revision, used);
    expect(judged.verdict).toBe(verdict);
    expect(judged.why).toContain(why);
  });

  it("is the worst of all that they use, and what touches it", () => {
    const judged = judge(revision, { method: "get", path: "/health" }, { method: "post", path: "/predict" });
    expect(judged.verdict).toBe("must-change");
    expect(judged.changes.map(({ id }) => id)).toEqual(["request-property-max-set"]);
    expect(judge(base, { method: "post", path: "/predict" }).verdict).toBe("nothing-to-do");
  });

  it("is touched by what is of the whole description", () => {
    const moved = { ...revision, servers: [{ url: "https://models.example.com/v2" }] };
    expect(judge(moved, { method: "get", path: "/health" }).verdict).toBe("must-change");
  });

  it("is told what cannot be judged beside what can", () => {
    const judged = judge(revision, { method: "get", path: "/gone" }, { method: "post", path: "/predict" });
    expect(judged.verdict).toBe("must-change");
    expect(judged.unknown).toEqual([{ method: "get", path: "/gone" }]);
  });
});
