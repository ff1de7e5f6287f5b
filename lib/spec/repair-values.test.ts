import { describe, expect, it } from "vitest";
import type { JsonObject, Repair } from "../model/index.ts";
import { repairValues } from "./repair-values.ts";

function repaired(schema: JsonObject): { readonly schema: unknown; readonly told: readonly string[] } {
  const repairs: Repair[] = [];
  const { components } = repairValues({ components: { schemas: { A: schema } } }, repairs) as {
    components: { schemas: { A: unknown } };
  };
  return { schema: components.schemas.A, told: repairs.map(({ pointer }) => pointer) };
}

describe("a value that is written as a text", () => {
  it.each([
    ["an integer", { type: "integer", default: "1024" }, { type: "integer", default: 1024 }],
    ["a number", { type: "number", example: "1.0" }, { type: "number", example: 1 }],
    ["a boolean", { type: "boolean", default: "false" }, { type: "boolean", default: false }],
    ["null", { type: "integer", nullable: true, default: "null" }, { type: "integer", nullable: true, default: null }],
    ["null of 3.1", { type: ["integer", "null"], default: "null" }, { type: ["integer", "null"], default: null }],
    ["a list", { type: "array", example: '["a"]' }, { type: "array", example: ["a"] }],
  ])("is read as the value of %s", (_, schema, expected) => {
    const key = "default" in schema ? "default" : "example";
    expect(repaired(schema)).toEqual({ schema: expected, told: [`/components/schemas/A/${key}`] });
  });

  it.each([
    ["the schema takes texts", { type: "string", default: "1" }],
    ["the schema takes texts too", { type: ["string", "integer"], default: "1" }],
    ["it says another type", { type: "integer", default: "1.5" }],
    ["it says null and that is not taken", { type: "integer", default: "null" }],
    ["it says nothing", { type: "integer", default: "many" }],
    ["no type is said", { default: "1" }],
    ["it is a value itself", { type: "object", example: { type: "integer", default: "1" } }],
    ["it is in an enumeration", { enum: [{ type: "integer", default: "1" }] }],
  ])("stays as it is where %s", (_, schema) => {
    expect(repaired(schema)).toEqual({ schema, told: [] });
  });

  it("is found below properties of any name, at any depth", () => {
    const { schema, told } = repaired({
      properties: { default: { type: "integer", default: "1" }, list: { items: { type: "boolean", example: "true" } } },
    });
    expect(schema).toEqual({
      properties: { default: { type: "integer", default: 1 }, list: { items: { type: "boolean", example: true } } },
    });
    expect(told).toEqual([
      "/components/schemas/A/properties/default/default",
      "/components/schemas/A/properties/list/items/example",
    ]);
  });
});

describe("a type that is none of JSON's", () => {
  it("is a text where MLServer says that it is bytes", () => {
    const { schema, told } = repaired({ oneOf: [{ type: "array" }, { type: "bytes" }] });
    expect(schema).toEqual({ oneOf: [{ type: "array" }, { type: "string" }] });
    expect(told).toEqual(["/components/schemas/A/oneOf/1/type"]);
  });

  it("keeps the format that it has", () => {
    expect(repaired({ type: "bytes", format: "byte" }).schema).toEqual({ type: "string", format: "byte" });
  });

  it.each([
    ["a property is called type", { properties: { type: { type: "string", enum: ["bytes"] } } }],
    ["it is a value", { type: "object", example: { type: "bytes" } }],
    ["nobody knows what it means", { type: "tensor" }],
  ])("stays as it is where %s", (_, schema) => {
    expect(repaired(schema)).toEqual({ schema, told: [] });
  });
});
