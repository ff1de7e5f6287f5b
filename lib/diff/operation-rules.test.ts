import { describe, expect, it } from "vitest";
import type { JsonObject } from "../model/index.ts";
import { compareDescriptions } from "./compare-descriptions.ts";
import { fixedRules, rules } from "./rules.ts";
import type { FixedEdit } from "./rules.ts";
import { describeDocument, operationDocument, schemaDocument } from "./testdata/build-document.ts";
import { operationPairs, operationWaivers } from "./testdata/operation-pairs.ts";

const now = new Date("2026-11-01T00:00:00Z");

function compare(base: JsonObject, revision: JsonObject) {
  return compareDescriptions(describeDocument(base), describeDocument(revision), { now });
}

describe("rules for operations", () => {
  for (const { edit, mirror, base, revision } of operationPairs) {
    it(`names ${edit} with the level of the table`, () => {
      const changes = compare(base, revision);
      const own = changes.find((change) => change.id === edit);
      expect(own, JSON.stringify(changes.map((change) => change.id))).toBeDefined();
      expect(own?.level).toBe(fixedRules[edit].level);
      expect(own?.advice).toMatch(/\.$/);
      if (typeof mirror === "string") expect(compare(revision, base).map((change) => change.id)).toContain(mirror);
    });
  }

  it("has a pair or a written waiver for every edit", () => {
    const shown = new Set(operationPairs.map(({ edit }) => edit));
    const missing = (Object.keys(fixedRules) as FixedEdit[]).filter(
      (edit) => !shown.has(edit) && operationWaivers[edit] === undefined,
    );
    expect(missing).toEqual([]);
  });

  it("has ids of lower-case words only, each once", () => {
    const ids = [...rules.keys()];
    expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)+$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("what is compared with what", () => {
  it("finds the same path whatever its parameter is called", () => {
    const path = (name: string) => ({
      openapi: "3.1.0",
      info: { title: "T", version: "1" },
      paths: {
        [`/m/{${name}}`]: {
          get: { parameters: [{ in: "path", name, required: true, schema: { type: "string" } }], responses: {} },
        },
      },
    });
    expect(compare(path("id"), path("model"))).toEqual([]);
  });

  it("judges webhooks and callbacks from the receiver's side", () => {
    const webhook = (schema: JsonObject) =>
      operationDocument(
        {},
        {
          webhooks: { done: { post: { requestBody: { content: { "application/json": { schema } } }, responses: {} } } },
        },
      );
    const [change] = compare(webhook({ enum: ["a"] }), webhook({ enum: ["a", "b"] }));
    expect([change?.id, change?.level]).toEqual(["response-body-enum-value-added", "breaking"]);
  });

  it("says nothing of hosts, and much of base paths", () => {
    const at = (url: string) => operationDocument({}, { servers: [{ url }] });
    expect(compare(at("https://a.test/v1"), at("http://b.test:8080/v1/"))).toEqual([]);
    expect(compare(at("https://a.test/v1"), at("https://a.test/v2")).map(({ level }) => level)).toEqual(["breaking"]);
  });

  it("compares what a range covers with what it covered", () => {
    const at = (status: string, type: string) =>
      operationDocument({
        responses: { [status]: { description: "", content: { "application/json": { schema: { type } } } } },
      });
    expect(compare(at("404", "string"), at("4XX", "boolean")).map(({ id }) => id)).toEqual([
      "response-body-type-changed",
      "response-non-success-status-added",
      "response-status-covered",
    ]);
  });

  it("takes a header by its name in any case", () => {
    const at = (name: string) =>
      operationDocument({ parameters: [{ in: "header", name, schema: { type: "string" } }] });
    expect(compare(at("X-Key"), at("x-key"))).toEqual([]);
  });

  it("asks for more where one scheme becomes two, and for less where two become one", () => {
    const schemes = {
      components: {
        securitySchemes: {
          one: { type: "http", scheme: "basic" },
          two: { type: "apiKey", in: "query", name: "k" },
        },
      },
    };
    const asks = (...security: JsonObject[]) => operationDocument({ security }, schemes);
    const both = asks({ one: [], two: [] });
    expect(compare(asks({ one: [] }), both).map(({ level }) => level)).toContain("breaking");
    expect(compare(both, asks({ one: [] })).map(({ level }) => level)).toEqual(["safe"]);
  });

  it("does not call one more alternative safe where alternatives overlap and exactly one must fit", () => {
    const at = (...oneOf: JsonObject[]) => schemaDocument("request-body", { oneOf });
    const short = { type: "string", maxLength: 3 };
    const long = { type: "string", minLength: 2 };
    const number = { type: "number" };
    const change = (base: JsonObject, revision: JsonObject) =>
      compare(base, revision).map(({ id, level }) => [id, level]);
    expect(change(at(short, number), at(short, number, { type: "boolean" }))).toEqual([
      ["request-body-one-of-added", "safe"],
    ]);
    expect(change(at(short, number), at(short, number, long))).toEqual([["request-body-one-of-added", "risky"]]);
  });

  it("names an edit of a shared component once, with every operation that it reaches", () => {
    const shared = (schema: JsonObject) => ({
      ...schemaDocument("request-body", { $ref: "#/components/schemas/In" }, { schemas: { In: schema } }),
      paths: Object.fromEntries(
        Array.from({ length: 50 }, (_, index) => [
          `/m${String(index)}`,
          {
            post: {
              requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/In" } } } },
              responses: {},
            },
          },
        ]),
      ),
    });
    const changes = compare(
      shared({ type: "object", properties: { a: { type: "string" } } }),
      shared({ type: "object", properties: { a: { type: "integer" } } }),
    );
    expect(changes.map(({ id, usedBy, method }) => [id, usedBy.length, method])).toEqual([
      ["request-property-type-changed", 50, null],
    ]);
  });
});
