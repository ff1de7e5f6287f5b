import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "vitest";
import type { Description, Json, JsonObject } from "../../model/index.ts";
import { objectOf, readDescription } from "../../spec/index.ts";

/** Reads a made document as the controller does; anything that the pipeline would mend or complain of fails the test. */
export function readMade(document: JsonObject): Description {
  const result = readDescription(Buffer.from(JSON.stringify(document)));
  if (result.kind !== "ok") throw new Error(JSON.stringify(result.problems));
  expect(result.description.repairs).toEqual([]);
  expect(result.description.title).toBe("");
  return result.description;
}

/** A strict check of one operation's request by its own schema, with a library that is not ours. */
export function requestCheck(document: JsonObject, path: string): (request: Json) => boolean {
  const body = objectOf(objectOf(objectOf(objectOf(document["paths"])[path])["post"])["requestBody"]);
  const { schema } = objectOf(objectOf(body["content"])["application/json"]);
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: "https://document.example/", components: document["components"] });
  const local = JSON.stringify(schema).replaceAll('"#/', '"https://document.example/#/');
  const refs = JSON.stringify(document["components"] ?? {});
  expect(refs).not.toContain('"$ref":"http');
  const validate = ajv.compile(JSON.parse(local) as JsonObject);
  return (request) => validate(request);
}

/** The example that a reader sees for the request of an operation. */
export function exampleOf(document: JsonObject, path: string): Json | undefined {
  const body = objectOf(objectOf(objectOf(objectOf(document["paths"])[path])["post"])["requestBody"]);
  return objectOf(objectOf(body["content"])["application/json"])["example"];
}

/** Every operation, and what it says of where it comes from. */
export function originsOf(document: JsonObject): Readonly<Record<string, Json | undefined>> {
  return Object.fromEntries(
    Object.entries(objectOf(document["paths"])).flatMap(([path, item]) =>
      Object.entries(objectOf(item)).map(([method, operation]) => [
        `${method.toUpperCase()} ${path}`,
        objectOf(operation)["x-gatebook-origin"],
      ]),
    ),
  );
}
