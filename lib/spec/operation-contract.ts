import type { Json } from "../model/index.ts";
import { readContent, readHeaders } from "./api-form.ts";
import type { OperationForm, ParameterForm, Place } from "./api-form.ts";
import { canonicalJson } from "./canonical-json.ts";
import { appendPointer } from "./json-pointer.ts";
import { objectOf, textOf } from "./json-value.ts";
import { alternativeKey } from "./read-security.ts";
import type { SchemaReader } from "./schema-reader.ts";

/** The digest of the schema at `key` of a place; null where there is none. */
function schemaOf(reader: SchemaReader, place: Place, key = "schema"): Json {
  const schema = place.value[key];
  return schema === undefined ? null : reader.digest(reader.node(schema, appendPointer(place.pointer, key)));
}

/** How the parts of a form are encoded, without prose. */
export function encodingOf(reader: SchemaReader, media: Place): Json {
  return Object.fromEntries(
    Object.entries(objectOf(media.value["encoding"])).map(([name, raw]) => {
      const encoding: Place = { value: objectOf(raw), pointer: media.pointer };
      const headers = [...readHeaders(reader.document, encoding)].map(([header, place]): Json => [
        header,
        place.value["required"] === true,
        schemaOf(reader, place),
      ]);
      return [
        name,
        {
          headers: headers.map(canonicalJson).sort(),
          ...Object.fromEntries(
            ["contentType", "style", "explode", "allowReserved"].map((key) => [key, encoding.value[key] ?? null]),
          ),
        },
      ];
    }),
  );
}

function contentOf(reader: SchemaReader, place: Place): Json {
  return Object.fromEntries(
    [...readContent(place)].map(([type, media]) => [
      type,
      [schemaOf(reader, media), schemaOf(reader, media, "itemSchema"), encodingOf(reader, media)],
    ]),
  );
}

/** How a parameter is written on the wire, defaults made explicit (OpenAPI 3.1 §4.8.12). */
export function serialisationOf(parameter: Pick<ParameterForm, "value" | "in">): readonly Json[] {
  const style =
    textOf(parameter.value["style"]) ?? (parameter.in === "query" || parameter.in === "cookie" ? "form" : "simple");
  return [
    style,
    parameter.value["explode"] ?? style === "form",
    parameter.value["allowReserved"] === true,
    parameter.value["x-collection-format"] ?? null,
  ];
}

/** Links of a response without prose. */
export function linksOf(response: Place): Json {
  return Object.fromEntries(
    Object.entries(objectOf(response.value["links"])).map(([name, link]) => [
      name,
      Object.fromEntries(Object.entries(objectOf(link)).filter(([key]) => key !== "description")),
    ]),
  );
}

function responseOf(reader: SchemaReader, response: Place): Json {
  const headers = [...readHeaders(reader.document, response)].map(([name, header]): [string, Json] => [
    name,
    [
      header.value["required"] === true,
      header.value["deprecated"] === true,
      schemaOf(reader, header),
      contentOf(reader, header),
      header.value["explode"] === true,
    ],
  ]);
  return [contentOf(reader, response), Object.fromEntries(headers), linksOf(response)];
}

/** All that an operation promises and asks for, as JSON that is equal for equal contracts (DESIGN §6). */
export function operationContract(reader: SchemaReader, form: OperationForm): Json {
  return {
    operationId: form.value["operationId"] ?? null,
    parameters: form.parameters
      .map((parameter) =>
        canonicalJson([
          parameter.key,
          parameter.required,
          parameter.value["deprecated"] === true,
          schemaOf(reader, parameter),
          contentOf(reader, parameter),
          parameter.value["content"] === undefined ? [...serialisationOf(parameter)] : null,
        ]),
      )
      .sort(),
    body: form.body === null ? null : [form.body.value["required"] === true, contentOf(reader, form.body)],
    responses: Object.fromEntries([...form.responses].map(([status, place]) => [status, responseOf(reader, place)])),
    security: form.security.map(alternativeKey),
    deprecated: form.value["deprecated"] === true,
    sunset: form.value["x-sunset"] ?? null,
    basePaths: form.basePaths === null ? null : [...form.basePaths],
    callbacks: Object.fromEntries(
      [...form.callbacks].map(([key, callback]) => [key, operationContract(reader, callback)]),
    ),
  };
}
