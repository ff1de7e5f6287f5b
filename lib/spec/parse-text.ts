import { LineCounter, parseDocument } from "yaml";
import type { DescriptionProblem, Json, JsonObject } from "../model/index.ts";
import { appendPointer } from "./json-pointer.ts";

export type ParseLimits = {
  readonly bytesMax: number;
  readonly depthMax: number;
  readonly nodesMax: number;
};

export type ParseResult =
  | { readonly kind: "ok"; readonly value: Json; readonly notes: readonly DescriptionProblem[] }
  | { readonly kind: "invalid"; readonly problems: readonly DescriptionProblem[] };

function invalid(message: string, line?: number): ParseResult {
  return { kind: "invalid", problems: [{ pointer: "", message, ...(line === undefined ? {} : { line }) }] };
}

class LimitReached extends Error {}

/** Bytes to text: UTF-8, or UTF-16 where a byte order mark says so; null for anything else. */
function decode(body: Uint8Array): string | null {
  const [first, second] = body;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch (err) {
    if (err instanceof TypeError) return null;
    throw err;
  }
}

/**
 * Copies parsed data into plain JSON within the limits; aliases count each time that they are used, so a bomb ends early.
 * `__proto__` keys are left out, numbers that JSON cannot say become null; both are noted.
 */
function toJson(value: unknown, limits: ParseLimits, notes: DescriptionProblem[]): Json {
  let nodes = 0;
  const walk = (item: unknown, pointer: string, depth: number): Json => {
    nodes += 1;
    if (nodes > limits.nodesMax)
      throw new LimitReached(
        `It has more than ${String(limits.nodesMax)} values, aliases counted as often as they are used.`,
      );
    if (depth > limits.depthMax) throw new LimitReached(`It is nested deeper than ${String(limits.depthMax)} levels.`);
    if (item === null || item === undefined) return null;
    if (typeof item === "string" || typeof item === "boolean") return item;
    if (typeof item === "number") {
      if (Number.isFinite(item)) return item;
      notes.push({ pointer, message: "This number cannot be said in JSON and was read as null." });
      return null;
    }
    if (typeof item === "bigint") return Number(item);
    if (Array.isArray(item))
      return item.map((child: unknown, index) => walk(child, appendPointer(pointer, index), depth + 1));
    if (typeof item !== "object") return null;
    const result: Record<string, Json> = {};
    for (const [key, child] of Object.entries(item)) {
      if (key === "__proto__") {
        notes.push({ pointer, message: "A key named __proto__ was left out." });
        continue;
      }
      result[key] = walk(child, appendPointer(pointer, key), depth + 1);
    }
    return result;
  };
  return walk(value, "", 0);
}

function lineOfOffset(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

function parseJson(text: string): { readonly value: unknown } | { readonly problem: string; readonly line?: number } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (err) {
    if (!(err instanceof SyntaxError)) throw err;
    const offset = /position (\d+)/.exec(err.message)?.[1];
    const problem = `It is not JSON: ${err.message}.`;
    return offset === undefined ? { problem } : { problem, line: lineOfOffset(text, Number(offset)) };
  }
}

function parseYaml(text: string): { readonly value: unknown } | { readonly problem: string; readonly line?: number } {
  try {
    const lines = new LineCounter();
    const document = parseDocument(text, {
      lineCounter: lines,
      strict: true,
      uniqueKeys: true,
      version: "1.2",
      schema: "core",
      logLevel: "silent",
    });
    const [first] = document.errors;
    if (first !== undefined) {
      return {
        problem: `It is not YAML: ${first.message.split("\n")[0] ?? "it cannot be read"}`,
        line: lines.linePos(first.pos[0]).line,
      };
    }
    return { value: document.toJS({ maxAliasCount: 1_000 }) as unknown };
  } catch (err) {
    if (err instanceof RangeError) return { problem: "It is nested too deeply to be read." };
    if (err instanceof ReferenceError)
      return { problem: `It uses aliases without measure or measureless ones: ${err.message}.` };
    throw err;
  }
}

/**
 * Reads JSON or YAML within limits. HTML, binary data and empty bodies are told apart, because their causes are different.
 * Never throws for what the bytes hold.
 */
export function parseText(body: Uint8Array, limits: ParseLimits): ParseResult {
  if (body.byteLength > limits.bytesMax) {
    return invalid(
      `It has ${String(body.byteLength)} bytes; at most ${String(limits.bytesMax)} are read (DESCRIPTION_BYTES_MAX).`,
    );
  }
  const text = decode(body)?.replace(/^\uFEFF/, "");
  if (text === undefined || text.includes("\u0000")) return invalid("It is not text in UTF-8 or UTF-16.");
  const start = text.trimStart();
  if (start === "") return invalid("It is empty.");
  if (/^<(!doctype|html|head|body|\?xml|!--)/i.test(start))
    return invalid(
      "It is a page (HTML or XML), not a description: look for the address of the JSON or YAML behind it.",
    );
  const parsed = start.startsWith("{") || start.startsWith("[") ? parseJson(text) : parseYaml(text);
  // Flow-style YAML begins like JSON: the second reading decides, the first one's message is the better one.
  const second =
    "problem" in parsed && start.startsWith("{") && body.byteLength < 1024 * 1024 ? parseYaml(text) : parsed;
  const settled = "problem" in second ? parsed : second;
  if ("problem" in settled) return invalid(settled.problem, settled.line);
  const notes: DescriptionProblem[] = [];
  try {
    return { kind: "ok", value: toJson(settled.value, limits, notes), notes };
  } catch (err) {
    if (err instanceof LimitReached) return invalid(err.message);
    throw err;
  }
}

/** The document as an object, or the problem that it is none. */
export function requireObject(value: Json): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}
