import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Description, Json } from "../model/index.ts";
import { readDescription } from "./read-description.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const minimal = (more: Readonly<Record<string, Json>> = {}): Json => ({
  openapi: "3.1.0",
  info: { title: "Model", version: "1.0.0" },
  paths: { "/predict": { post: { responses: { "200": { description: "fine" } } } } },
  ...more,
});

function read(source: Json | string): Description {
  const result = readDescription(encode(typeof source === "string" ? source : JSON.stringify(source)));
  if (result.kind === "invalid") throw new Error(result.problems.map(({ message }) => message).join());
  return result.description;
}

function problemOf(body: Uint8Array, limits = {}): string {
  const result = readDescription(body, limits);
  return result.kind === "invalid" ? (result.problems[0]?.message ?? "") : "it was read";
}

describe("what is not a description says what it is instead", () => {
  it.each([
    ["nothing", "", /empty/i],
    ["a page", "<!DOCTYPE html><html><body>Docs</body></html>", /page/i],
    ["a word", "ok", /./],
    ["other JSON", '{"predictions":[1]}', /openapi/],
    ["broken JSON", '{"openapi": "3.1.0", "paths": {', /JSON/],
    ["broken YAML", "openapi: 3.1.0\npaths:\n  - [", /YAML/],
    ["a list", "[]", /./],
    ["an unknown version", '{"openapi":"4.0.0","paths":{}}', /4\.0\.0/],
    ["paths that are a list", '{"openapi":"3.1.0","info":{},"paths":[]}', /paths/],
  ])("%s", (_, text, message) => {
    expect(problemOf(encode(text))).toMatch(message);
  });

  it("binary data", () => {
    expect(problemOf(Uint8Array.of(0x1f, 0x8b, 0x08, 0x00, 0xff, 0xfe, 0x00))).not.toBe("it was read");
  });

  it("the line of a mistake", () => {
    const result = readDescription(encode('{\n"openapi": "3.1.0",\n"paths": oops\n}'));
    expect(result).toMatchObject({ kind: "invalid", problems: [{ line: 3 }] });
  });
});

describe("what is hostile ends early", () => {
  it("a document over the limit", () => {
    expect(problemOf(encode(JSON.stringify(minimal())), { bytesMax: 20 })).toMatch(/bytes/);
  });

  it("a document nested ten thousand levels deep, as JSON and as YAML", () => {
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    expect(problemOf(encode(`{"openapi":"3.1.0","paths":{},"x-deep":${deep}}`))).toMatch(/deep/);
    expect(problemOf(encode(`openapi: 3.1.0\npaths: {}\nx-deep: ${deep}`))).toMatch(/deep/);
  });

  it("aliases that multiply", () => {
    const levels = Array.from(
      { length: 12 },
      (_, index) =>
        `a${String(index + 1)}: &a${String(index + 1)} [${Array.from({ length: 10 }, () => `*a${String(index)}`).join(", ")}]`,
    );
    expect(problemOf(encode(["openapi: 3.1.0", "paths: {}", "a0: &a0 [x]", ...levels].join("\n")))).not.toBe(
      "it was read",
    );
  });

  it("keys that would reach into every object", () => {
    const description = read(
      '{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{},"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    );
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(JSON.stringify(description.document)).not.toContain("__proto__");
  });

  it("references that lead in circles, nowhere, or outside are said and not followed", () => {
    const circular = minimal({
      components: {
        schemas: {
          A: { $ref: "#/components/schemas/B" },
          B: { $ref: "#/components/schemas/A" },
          C: { $ref: "#/components/schemas/C" },
        },
      },
    });
    expect(read(circular).contractDigest).toMatch(/^[0-9a-f]{64}$/);
    const broken = minimal({
      components: { schemas: { A: { $ref: "#/nowhere" }, B: { $ref: "http://169.254.169.254/x.json" } } },
    });
    expect(
      read(broken)
        .repairs.map(({ message }) => message)
        .join(),
    ).toMatch(/nowhere[\s\S]*outside|outside[\s\S]*nowhere/);
  });
});

describe("what is dirty is mended and said", () => {
  it("a path without a slash, a version that says None", () => {
    const description = read({
      openapi: "3.1.0",
      info: { title: "KServe", version: "None" },
      paths: { "v2/models": { get: { responses: {} } } },
    });
    expect(description.operations.map(({ id }) => id)).toEqual(["GET /v2/models"]);
    expect(description.label).toBeNull();
    expect(description.repairs.length).toBeGreaterThanOrEqual(2);
  });

  it("texts are data: scripts stay what they are and run nowhere", () => {
    expect(read(minimal({ info: { title: "<script>alert(1)</script>", version: "1" } })).title).toBe(
      "<script>alert(1)</script>",
    );
  });
});

describe("the contract's digest", () => {
  const contract = (source: Json | string): string => read(source).contractDigest;
  const withSchema = (schema: Json, components: Json = {}): Json =>
    minimal({
      paths: {
        "/predict": {
          post: {
            requestBody: { content: { "application/json": { schema } } },
            responses: { "200": { description: "fine" } },
          },
        },
      },
      components: { schemas: components },
    });

  it("does not see prose, hosts, versions or the order of keys", () => {
    const base = contract(minimal());
    expect(contract(minimal({ info: { title: "Other", version: "9", description: "Words" } }))).toBe(base);
    expect(contract(minimal({ servers: [{ url: "https://models.example.com" }] }))).toBe(base);
    expect(
      contract(
        'paths:\n  /predict:\n    post:\n      responses:\n        "200": { description: other words }\ninfo: { version: "1", title: m }\nopenapi: 3.1.0',
      ),
    ).toBe(base);
  });

  it("sees the base path, a method, and a property that is named like prose", () => {
    const base = contract(minimal());
    expect(contract(minimal({ servers: [{ url: "https://models.example.com/v2" }] }))).not.toBe(base);
    expect(contract(minimal({ paths: {} }))).not.toBe(base);
    const described = (name: string): string =>
      contract(withSchema({ type: "object", properties: { [name]: { type: "string" } } }));
    expect(described("description")).not.toBe(described("example"));
  });

  it("is the same for a schema that is written out and one that is referred to, recursive ones too", () => {
    const item = { type: "object", properties: { age: { type: "integer" } } };
    expect(contract(withSchema({ $ref: "#/components/schemas/Item" }, { Item: item }))).toBe(
      contract(withSchema(item)),
    );
    const tree = {
      type: "object",
      properties: { children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } },
    };
    const renamed = {
      type: "object",
      properties: { children: { type: "array", items: { $ref: "#/components/schemas/Node" } } },
    };
    expect(contract(withSchema({ $ref: "#/components/schemas/Tree" }, { Tree: tree }))).toBe(
      contract(withSchema({ $ref: "#/components/schemas/Node" }, { Node: renamed })),
    );
  });

  it("is the same in Swagger 2.0, OpenAPI 3.0 and 3.1", () => {
    const parameter = { name: "limit", in: "query" };
    const answer = { description: "fine" };
    const two = {
      swagger: "2.0",
      info: { title: "m", version: "1" },
      paths: { "/x": { get: { parameters: [{ ...parameter, type: "integer" }], responses: { "200": answer } } } },
    };
    const three = (openapi: string): Json => ({
      openapi,
      info: { title: "m", version: "1" },
      paths: {
        "/x": { get: { parameters: [{ ...parameter, schema: { type: "integer" } }], responses: { "200": answer } } },
      },
    });
    expect(contract(two)).toBe(contract(three("3.0.3")));
    expect(contract(three("3.0.3"))).toBe(contract(three("3.1.0")));
    const nullable = (openapi: string, schema: Json): string =>
      contract({
        openapi,
        info: { title: "m", version: "1" },
        paths: {
          "/x": {
            post: { requestBody: { content: { "application/json": { schema } } }, responses: { "200": answer } },
          },
        },
      });
    expect(nullable("3.0.3", { type: "string", nullable: true })).toBe(nullable("3.1.0", { type: ["string", "null"] }));
  });
});

const specs = path.join(process.env["GATEBOOK_SHARED"] ?? path.join(import.meta.dirname, "../../../shared"), "specs");
describe.skipIf(!existsSync(specs))("documents that real servers answered", () => {
  const isDocument = (name: string): boolean =>
    /\.(json|yaml)$/.test(name) && !/(metadata|info|schema)\.json$/.test(name);
  const files = existsSync(specs) ? readdirSync(specs).filter(isDocument) : [];
  it.each(files)("%s is read, with operations", (file) => {
    expect(read(readFileSync(path.join(specs, file), "utf8")).operations.length).toBeGreaterThan(0);
  });

  it.each([
    ["kserve-0.15.2.json", "kserve-0.21.0.json"],
    ["mlserver-1.6.1.model-iris.json", "mlserver-1.7.1.model-iris.json"],
  ])("%s and %s differ in noise alone", (one, two) => {
    const digest = (file: string): string => read(readFileSync(path.join(specs, file), "utf8")).contractDigest;
    expect(digest(one)).toBe(digest(two));
  });
});
