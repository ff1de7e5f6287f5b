import type { IncomingMessage } from "node:http";
import { isRecord } from "./parse-object.ts";

/** One line of a watch. */
export type WatchEvent =
  | { readonly type: "ADDED" | "MODIFIED" | "DELETED"; readonly object: unknown; readonly resourceVersion: string }
  | { readonly type: "BOOKMARK"; readonly resourceVersion: string }
  | { readonly type: "ERROR"; readonly status: number; readonly message: string }
  /** Not an event at all: something between us and the server spoke, or the stream is damaged. */
  | { readonly type: "GARBLED"; readonly message: string };

/** An object is at most some megabytes: etcd refuses more. */
const lineBytesMax = 32 * 1024 * 1024;

function readResourceVersion(object: unknown): string | null {
  const metadata = isRecord(object) ? object["metadata"] : undefined;
  const version = isRecord(metadata) ? metadata["resourceVersion"] : undefined;
  return typeof version === "string" && version !== "" ? version : null;
}

function readEvent(line: string): WatchEvent {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (err) {
    if (!(err instanceof SyntaxError)) throw err;
    return { type: "GARBLED", message: "an event is not JSON" };
  }
  if (!isRecord(parsed)) return { type: "GARBLED", message: "an event is not an object" };
  const { type, object } = parsed;
  if (type === "ERROR") {
    const code = isRecord(object) && typeof object["code"] === "number" ? object["code"] : 500;
    const message = isRecord(object) && typeof object["message"] === "string" ? object["message"] : "unknown error";
    return { type, status: code, message };
  }
  const resourceVersion = readResourceVersion(object);
  if (resourceVersion === null) return { type: "GARBLED", message: "an event has no resource version" };
  switch (type) {
    case "ADDED":
    case "MODIFIED":
    case "DELETED":
      return { type, object, resourceVersion };
    case "BOOKMARK":
      return { type, resourceVersion };
    default:
      return { type: "GARBLED", message: "an event has an unknown type" };
  }
}

/** The events of a watch as they come, until the stream ends (returns) or breaks (throws). */
export async function* readWatch(stream: IncomingMessage): AsyncGenerator<WatchEvent> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue;
    let begin = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, begin)) {
      const line = Buffer.concat([...rest, chunk.subarray(begin, end)]).toString("utf8");
      rest = [];
      restBytes = 0;
      begin = end + 1;
      if (line.trim() !== "") yield readEvent(line);
    }
    if (begin < chunk.length) {
      rest.push(chunk.subarray(begin));
      restBytes += chunk.length - begin;
    }
    if (restBytes > lineBytesMax) {
      yield { type: "GARBLED", message: "an event is larger than can be read" };
      return;
    }
  }
}
