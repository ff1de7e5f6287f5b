import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../model/index.ts";
import { readDescription } from "./read-description.ts";

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** Reads a document whose only schema is the component `S0`, and says how long it took. */
function read(schemas: Readonly<Record<string, Json>>): { readonly digest: string; readonly ms: number } {
  const content = { "application/json": { schema: ref("S0") } };
  const document = {
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: { "/p": { post: { requestBody: { content }, responses: {} } } },
    components: { schemas },
  };
  const start = performance.now();
  const result = readDescription(new TextEncoder().encode(JSON.stringify(document)));
  const ms = performance.now() - start;
  if (result.kind === "invalid") throw new Error(JSON.stringify(result.problems));
  return { digest: result.description.contractDigest, ms };
}

/** Merged schemas that are told apart by their last `size` steps: as many as there are sets of components. */
function subsets(size: number, end: Json): Readonly<Record<string, Json>> {
  const steps = Array.from({ length: size }, (_, index): [string, Json] => [
    `S${String(index + 1)}`,
    { properties: { l: ref(`S${String(index + 2)}`), r: ref(`S${String(index + 2)}`) } },
  ]);
  return {
    S0: { allOf: [{ properties: { l: ref("S0"), r: ref("S0") } }, { properties: { l: ref("S1") } }] },
    ...Object.fromEntries(steps),
    [`S${String(size + 1)}`]: { type: "object", properties: { end } },
  };
}

/** Alternatives of alternatives: as many ways through them as `width` to the power of `depth`. */
function layers(depth: number, width: number): Readonly<Record<string, Json>> {
  const name = (layer: number, place: number): string => (layer === 0 ? "S0" : `L${String(layer)}x${String(place)}`);
  const entries = Array.from({ length: depth }, (_, layer) =>
    Array.from({ length: layer === 0 ? 1 : width }, (__, place): [string, Json] => [
      name(layer, place),
      layer === depth - 1
        ? { type: "object", properties: { [`p${String(place)}`]: {} } }
        : { anyOf: Array.from({ length: width }, (___, next) => ref(name(layer + 1, next))) },
    ]),
  );
  return Object.fromEntries(entries.flat());
}

// Each takes well under three seconds; without its bound, hours or all of the memory.
const msMax = 15_000;

describe("a small document that asks for endless work", () => {
  it("is read in bounded time where merging makes a schema for every set of schemas", () => {
    const one = read(subsets(40, { type: "string" }));
    expect(one.ms).toBeLessThan(msMax);
    expect(read(subsets(40, { type: "string" })).digest).toBe(one.digest);
    expect(read(subsets(6, { type: "string" })).digest).not.toBe(read(subsets(6, { type: "number" })).digest);
  }, 60_000);

  it("is read in bounded time where alternatives lead to alternatives", () => {
    expect(read(layers(10, 30)).ms).toBeLessThan(msMax);
  }, 60_000);

  it("is read in bounded time where thousands of schemas are one circle", () => {
    const size = 10_000;
    const ring = Object.fromEntries(
      Array.from({ length: size }, (_, index): [string, Json] => [
        `S${String(index)}`,
        { properties: { next: ref(`S${String((index + 1) % size)}`), ...(index === 0 ? { first: {} } : {}) } },
      ]),
    );
    expect(read(ring).ms).toBeLessThan(msMax);
  }, 60_000);
});
