import { Ajv2020 } from "ajv/dist/2020.js";
import { appendPointer, isJsonObject, objectOf } from "../../lib/spec/index.ts";
import type { Json, JsonObject } from "../../lib/model/index.ts";
import type { ConsumerOperation } from "../../lib/views/index.ts";
import type { KnownCall } from "./server-case.ts";

/** What the description says of the JSON body of one operation, by its id; null where it says nothing of one. */
function jsonBody(document: JsonObject, id: string): { readonly media: JsonObject; readonly pointer: string } | null {
  const [method = "", path = ""] = id.split(" ");
  const steps = ["paths", path, method.toLowerCase(), "requestBody", "content", "application/json"];
  let here: Json | undefined = document;
  for (const step of steps) here = objectOf(here)[step];
  return isJsonObject(here) ? { media: here, pointer: steps.reduce(appendPointer, "") } : null;
}

/** Why the description does not tell of a request that the server takes; null where it does. */
export function refusalOf(document: JsonObject, { operation, body }: KnownCall): string | null {
  const described = jsonBody(document, operation);
  if (described?.media["schema"] === undefined) return "it says nothing of a body";
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ ...document, $id: "description" });
  const validate = ajv.compile({ $ref: `description#${encodeURI(`${described.pointer}/schema`)}` });
  return validate(body) ? null : ajv.errorsText(validate.errors);
}

/** The example request that the description has for an operation; undefined where it has none. */
export function exampleOf(document: JsonObject, operation: string): Json | undefined {
  const media = jsonBody(document, operation)?.media;
  const named = Object.values(objectOf(media?.["examples"]))[0];
  return media?.["example"] ?? objectOf(named)["value"];
}

/** The path of an operation as its caller writes it: below the URL of the server that it names. */
export function callPath(operations: readonly ConsumerOperation[], id: string): string {
  const own = operations.find((operation) => operation.id === id);
  const [server = ""] = own?.servers ?? [];
  const prefix = URL.canParse(server) ? new URL(server).pathname : server;
  return `${prefix.replace(/\/+$/, "")}${id.slice(id.indexOf(" ") + 1)}`;
}

/** Sends a JSON body there and says what is wrong with the answer; null where it is 2xx. */
export async function send(method: string, url: string, body: unknown): Promise<string | null> {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  return response.ok
    ? null
    : `${method} ${new URL(url).pathname} answered ${String(response.status)}: ${text.slice(0, 300)}`;
}
