import { LineCounter, parseDocument } from "yaml";
import type { DescriptionProblem, Json, JsonObject } from "../model/index.ts";
import { appendPointer } from "./json-pointer.ts";
import { scanJson } from "./scan-json.ts";

export type ParseLimits = {
  readonly bytesMax: number;
  readonly depthMax: number;
  readonly nodesMax: number;
};

export type ParseResult =
  | { readonly kind: "ok"; readonly value: Json; readonly notes: readonly DescriptionProblem[] }
  | { readonly kind: "invalid"; readonly problems: readonly DescriptionProblem[] };

type Reading =
  | { readonly value: unknown; readonly notes: readonly DescriptionProblem[] }
  | { readonly problem: string; readonly line?: number };

/** Flow-style YAML begins like JSON; so much of it is tried as YAML when it is no JSON. */
const secondReadingBytesMax = 1024 * 1024;
/** How often aliases of one YAML document may be followed. */
const aliasesMax = 1_000;

function invalid(message: string, line?: number): ParseResult {
  return { kind: "invalid", problems: [{ pointer: "", message, ...(line === undefined ? {} : { line }) }] };
}

class LimitReached extends Error {}

type Decoded = { readonly text: string; readonly encoding: "utf-8" | "utf-16le" | "utf-16be" };

/** Bytes to text: UTF-8, or UTF-16 where a byte order mark says so; null for anything else. */
function decode(body: Uint8Array): Decoded | null {
  const [first, second] = body;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(body).replace(/^\uFEFF/, ""), encoding };
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
  const path: (string | number)[] = [];
  const note = (message: string): void => {
    notes.push({ pointer: path.reduce<string>((pointer, token) => appendPointer(pointer, token), ""), message });
  };
  const walk = (item: unknown): Json => {
    nodes += 1;
    if (nodes > limits.nodesMax)
      throw new LimitReached(
        `It has more than ${String(limits.nodesMax)} values, aliases counted as often as they are used.`,
      );
    if (path.length > limits.depthMax)
      throw new LimitReached(`It is nested deeper than ${String(limits.depthMax)} levels.`);
    if (item === null || item === undefined) return null;
    if (typeof item === "string" || typeof item === "boolean") return item;
    if (typeof item === "number") {
      if (Number.isFinite(item)) return item;
      note("This number cannot be said in JSON and was read as null.");
      return null;
    }
    if (typeof item === "bigint") return Number(item);
    if (typeof item !== "object") return null;
    const step = (token: string | number, child: unknown): Json => {
      path.push(token);
      const copied = walk(child);
      path.pop();
      return copied;
    };
    if (Array.isArray(item)) return item.map((child: unknown, index) => step(index, child));
    const result: Record<string, Json> = {};
    for (const [key, child] of Object.entries(item)) {
      if (key === "__proto__") note("A key named __proto__ was left out.");
      else result[key] = step(key, child);
    }
    return result;
  };
  return walk(value);
}

function lineOfOffset(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** Where V8 says that the mistake is: by position, or by the ten characters before it and some after. */
function offsetOf(text: string, message: string): number | null {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  const [, cut, around = ""] = /, (\.\.\.)?"([\s\S]+)"(?:\.\.\.)? is not valid JSON$/.exec(message) ?? [];
  const start = around === "" ? -1 : text.indexOf(around);
  return start === -1 ? null : start + (cut === undefined ? 0 : 10);
}

function parseJson(text: string, depthMax: number): Reading {
  const scan = scanJson(text, depthMax);
  if (scan.tooDeepLine !== null)
    return { problem: `It is nested deeper than ${String(depthMax)} levels.`, line: scan.tooDeepLine };
  try {
    return {
      value: JSON.parse(text) as unknown,
      notes: scan.duplicates.map(({ key, line }) => ({
        pointer: "",
        message: `The key \`${key.slice(0, 100)}\` is there twice in one object (line ${String(line)}); the last one counts.`,
      })),
    };
  } catch (err) {
    if (!(err instanceof SyntaxError)) throw err;
    const offset = offsetOf(text, err.message);
    const problem = `It is not JSON: ${err.message}.`;
    return offset === null ? { problem } : { problem, line: lineOfOffset(text, offset) };
  }
}

function parseYaml(text: string): Reading {
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
    const isDuplicate = (error: { readonly code: string }): boolean => error.code === "DUPLICATE_KEY";
    const first = document.errors.find((error) => !isDuplicate(error));
    // The library catches its own overflow and says it as a mistake of the text.
    if (first?.message.includes("call stack") === true) return { problem: "It is nested too deeply to be read." };
    if (first !== undefined) {
      return {
        problem: `It is not YAML: ${first.message.split("\n")[0] ?? "it cannot be read"}`,
        line: lines.linePos(first.pos[0]).line,
      };
    }
    return {
      value: document.toJS({ maxAliasCount: aliasesMax }) as unknown,
      notes: document.errors.filter(isDuplicate).map((error) => ({
        pointer: "",
        message: `A key is there twice in one object (line ${String(lines.linePos(error.pos[0]).line)}); the last one counts.`,
      })),
    };
  } catch (err) {
    // The library works by recursion, and says by these two what it cannot do.
    if (err instanceof RangeError) return { problem: "It is nested too deeply to be read." };
    if (err instanceof ReferenceError) return { problem: `Its aliases cannot be followed: ${err.message}.` };
    throw err;
  }
}

function read(text: string, body: Uint8Array, limits: ParseLimits): Reading {
  const start = text.trimStart().charAt(0);
  if (start !== "{" && start !== "[") return parseYaml(text);
  const asJson = parseJson(text, limits.depthMax);
  if (!("problem" in asJson) || start !== "{" || body.byteLength > secondReadingBytesMax) return asJson;
  // A quoted key after the brace is JSON's own way; there YAML would only find another meaning in the mistake.
  if (asJson.problem.startsWith("It is nested") || /^\s*\{\s*"/.test(text)) return asJson;
  // The second reading decides; where both fail, what the first one says is nearer.
  const asYaml = parseYaml(text);
  return "problem" in asYaml ? asJson : asYaml;
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
  const decoded = decode(body);
  if (decoded === null || decoded.text.includes("\u0000")) return invalid("It is not text in UTF-8 or UTF-16.");
  const { text, encoding } = decoded;
  const start = text.trimStart();
  if (start === "") return invalid("It is empty.");
  if (/^<(!doctype|html|head|body|\?xml|!--)/i.test(start))
    return invalid(
      "It is a page (HTML or XML), not a description: look for the address of the JSON or YAML behind it.",
    );
  const reading = read(text, body, limits);
  if ("problem" in reading) return invalid(reading.problem, reading.line);
  const notes = [...reading.notes];
  if (encoding !== "utf-8")
    notes.push({ pointer: "", message: `It is written in ${encoding.toUpperCase()} and was read as such.` });
  try {
    return { kind: "ok", value: toJson(reading.value, limits, notes), notes };
  } catch (err) {
    if (err instanceof LimitReached) return invalid(err.message);
    throw err;
  }
}

/** The document as an object; null where it is none. */
export function requireObject(value: Json): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}
