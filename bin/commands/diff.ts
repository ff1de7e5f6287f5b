import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { parseArgs, styleText } from "node:util";
import { z } from "zod";
import { compareDescriptions, judgeConsumer } from "../../lib/diff/index.ts";
import type { ConsumerVerdict, UsedOperation } from "../../lib/diff/index.ts";
import { changeLevels, countChanges, httpMethods, sayWitness, verdictOf } from "../../lib/model/index.ts";
import type { Change, ChangeLevel, Description, Verdict } from "../../lib/model/index.ts";
import { readDescription } from "../../lib/spec/index.ts";
import { reasonOf } from "../failure.ts";

/** Exit codes of `gatebook diff` (DESIGN §14). */
const fine = 0;
const found = 1;
const wrongUse = 2;
const unreadable = 3;

const usage = `usage: gatebook diff OLD NEW [--format text|json|markdown] [--fail-on breaking|risky]
                     [--uses "POST /predict, GET /models/{name}"]
       gatebook diff --jsonl < pairs

OLD and NEW are files, URLs or - for standard input. With --jsonl each line of standard input is
{"id", "base", "revision"} with two documents; each answer is a line {"id", "verdict", "changes"} or {"id", "error"}.
With --uses, which may be given several times, only what touches these operations is shown, and --fail-on goes by what it
means to who uses them: breaking where they must change, risky where they should check too.
Exit status: 0 fine, 1 changes at the level of --fail-on, 2 wrong use, 3 input that cannot be read.
`;

const formats = ["text", "json", "markdown"] as const;
const failLevels = ["breaking", "risky"] as const;
type Format = (typeof formats)[number];
type FailLevel = (typeof failLevels)[number];

type Options = {
  readonly format: Format;
  readonly failOn: FailLevel | null;
  readonly jsonl: boolean;
  readonly help: boolean;
  /** The operations that a consumer uses; null where everything counts. */
  readonly uses: readonly UsedOperation[] | null;
  readonly places: readonly string[];
};

const urlTimeoutMs = 30_000;
const inputBytesMax = 64 * 1024 * 1024;

function oneOf<Value extends string>(values: readonly Value[], said: string | undefined): Value | null {
  return values.find((value) => value === said) ?? null;
}

/** Operations as people write them, "POST /predict", several with commas between; the first that is none as a text. */
function readUses(said: readonly string[]): readonly UsedOperation[] | string {
  const uses: UsedOperation[] = [];
  for (const text of said.flatMap((own) => own.split(",")).map((own) => own.trim())) {
    const [word = "", path = "", ...more] = text.split(/\s+/);
    const method = oneOf(httpMethods, word.toLowerCase());
    if (method === null || !path.startsWith("/") || more.length > 0) return text;
    uses.push({ method, path });
  }
  return uses;
}

/** The options, or what is wrong with them. */
function readOptions(args: readonly string[]): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: "string", default: "text" },
        "fail-on": { type: "string" },
        jsonl: { type: "boolean", default: false },
        uses: { type: "string", multiple: true },
        help: { type: "boolean", default: false, short: "h" },
      },
    });
    const format = oneOf(formats, values.format);
    if (format === null) return `--format is one of ${formats.join(", ")}.`;
    const failOn = oneOf(failLevels, values["fail-on"]);
    if (failOn === null && values["fail-on"] !== undefined) return `--fail-on is one of ${failLevels.join(", ")}.`;
    const wanted = values.jsonl ? 0 : 2;
    if (positionals.length !== wanted && !values.help)
      return wanted === 0
        ? "--jsonl reads standard input and takes no files."
        : "Two descriptions are compared: OLD and NEW.";
    if (positionals.filter((place) => place === "-").length > 1) return "Only one of the two can be standard input.";
    const uses = values.uses === undefined ? null : readUses(values.uses);
    if (typeof uses === "string")
      return `--uses takes operations such as "POST /predict", with commas between them; \`${uses}\` is none.`;
    if (uses !== null && values.jsonl) return "--uses is for two descriptions, not for --jsonl.";
    return { format, failOn, jsonl: values.jsonl, help: values.help, uses, places: positionals };
  } catch (err) {
    if (err instanceof TypeError && "code" in err && String(err.code).startsWith("ERR_PARSE_ARGS")) return err.message;
    throw err;
  }
}

async function readAll(stream: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    const bytes = Buffer.from(part);
    size += bytes.byteLength;
    if (size > inputBytesMax) throw new Error(`more than ${String(inputBytesMax)} bytes`);
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

async function readPlace(place: string): Promise<Buffer> {
  if (place === "-") return readAll(process.stdin);
  if (!/^https?:\/\//.test(place)) return readFile(place);
  const response = await fetch(place, {
    signal: AbortSignal.timeout(urlTimeoutMs),
    headers: { accept: "application/json, application/yaml;q=0.9, */*;q=0.5" },
  });
  if (!response.ok) throw new Error(`the server answered ${String(response.status)}`);
  return response.body === null ? Buffer.alloc(0) : readAll(response.body);
}

type Loaded = { readonly description: Description } | { readonly problem: string };

function loadBytes(name: string, bytes: Uint8Array): Loaded {
  const result = readDescription(bytes, { bytesMax: inputBytesMax });
  if (result.kind === "ok") return { description: result.description };
  const problems = result.problems.map(({ pointer, line, message }) => {
    const place = [pointer, line === undefined ? "" : `line ${String(line)}`].filter((part) => part !== "").join(", ");
    return place === "" ? message : `${message} (${place})`;
  });
  return { problem: `${name}: ${problems.join(" ")}` };
}

async function load(place: string): Promise<Loaded> {
  const name = place === "-" ? "standard input" : place;
  try {
    return loadBytes(name, await readPlace(place));
  } catch (err) {
    return { problem: `${name} cannot be read: ${reasonOf(err)}.` };
  }
}

const headings: Readonly<Record<ChangeLevel, string>> = {
  breaking: "Breaking",
  risky: "To check",
  safe: "Compatible",
  info: "News",
};

function placeOf(change: Change): string {
  if (change.method !== null) return `${change.method.toUpperCase()} ${change.path ?? ""}`;
  const [first, ...others] = change.usedBy;
  if (first === undefined) return "the whole API";
  const name = `${first.method.toUpperCase()} ${first.path}`;
  return others.length === 0 ? name : `${name} and ${String(others.length)} more`;
}

function sayVerdict(changes: readonly Change[]): string {
  const counts = countChanges(changes);
  const parts = changeLevels.filter((level) => counts[level] > 0).map((level) => `${String(counts[level])} ${level}`);
  return parts.length === 0 ? "No change of the contract." : `${parts.join(", ")}.`;
}

/** Text from a description must not steer the terminal. */
function plain(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, " ");
}

/** What happened and why, with an example where there is one. */
function explain(change: Change): string {
  const witness = sayWitness(change);
  return witness === null ? change.message : `${change.message} ${witness}`;
}

const colours = { breaking: "red", risky: "yellow", safe: "green", info: "cyan" } as const;

/** In colours where a person reads it: a terminal, and nobody who wants none (NO_COLOR). */
function paint(format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text, { stream: process.stdout });
}

const verdictWords = {
  "must-change": ["You must change.", "red"],
  "should-check": ["You should check.", "yellow"],
  "nothing-to-do": ["Nothing to do for you.", "green"],
} as const;

/** What they say that they use and nobody described. */
function sayUnknown({ unknown }: ConsumerVerdict): readonly string[] {
  const names = unknown.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  return names.length === 0 ? [] : [`Not in the older description: ${plain(names.join(", "))}.`];
}

function renderText(changes: readonly Change[], consumer: ConsumerVerdict | null): string {
  const sections = changeLevels.flatMap((level) => {
    const own = changes.filter((change) => change.level === level);
    if (own.length === 0) return [];
    const lines = own.map(
      (change) =>
        `  ${paint("bold", plain(placeOf(change)))}\n    ${plain(explain(change))}\n    ${plain(change.advice)}  ${paint("dim", `[${change.id}]`)}`,
    );
    return [`${paint([colours[level], "bold"], headings[level])}\n${lines.join("\n")}\n`];
  });
  if (consumer === null) return `${[...sections, sayVerdict(changes)].join("\n")}\n`;
  const [word, colour] = verdictWords[consumer.verdict];
  const end = [`${paint([colour, "bold"], word)} ${plain(consumer.why)}`, ...sayUnknown(consumer)];
  return `${[...sections, end.join("\n")].join("\n")}\n`;
}

/** Markdown gives HTML and links their force back; only code spans keep theirs. */
function escapeMarkdown(text: string): string {
  return plain(text)
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replaceAll(/[\\[\]<>*_|#!]/g, "\\$&")))
    .join("");
}

function renderMarkdown(changes: readonly Change[], consumer: ConsumerVerdict | null): string {
  const sections = changeLevels.flatMap((level) => {
    const own = changes.filter((change) => change.level === level);
    if (own.length === 0) return [];
    const lines = own.map(
      (change) =>
        `- **${escapeMarkdown(placeOf(change))}**: ${escapeMarkdown(explain(change))} ${escapeMarkdown(change.advice)} (\`${change.id}\`)`,
    );
    return [`### ${headings[level]}\n\n${lines.join("\n")}\n`];
  });
  const head =
    consumer === null
      ? `**${sayVerdict(changes)}**\n`
      : `**${verdictWords[consumer.verdict][0]}** ${escapeMarkdown([consumer.why, ...sayUnknown(consumer)].join(" "))}\n`;
  return `${[head, ...sections].join("\n")}`;
}

function render(changes: readonly Change[], format: Format, consumer: ConsumerVerdict | null): string {
  switch (format) {
    case "text":
      return renderText(changes, consumer);
    case "markdown":
      return renderMarkdown(changes, consumer);
    case "json": {
      const counts = countChanges(changes);
      const { verdict, why, unknown } = consumer ?? {};
      const own = consumer === null ? {} : { consumer: { verdict, why, unknown } };
      return `${JSON.stringify({ verdict: verdictOf(counts), counts, ...own, changes }, null, 2)}\n`;
    }
  }
}

function reaches(verdict: Verdict, level: FailLevel | null): boolean {
  if (level === null) return false;
  return verdict === "breaking" || (level === "risky" && verdict === "risky");
}

async function write(text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(text, (err) => {
      if (err === null || err === undefined) resolve();
      else reject(err);
    });
  });
}

const pairSchema = z.object({
  id: z.union([z.string(), z.number()]),
  base: z.record(z.string(), z.unknown()),
  revision: z.record(z.string(), z.unknown()),
});

type PairAnswer =
  | { readonly id: string | number | null; readonly verdict: Verdict; readonly changes: readonly Change[] }
  | { readonly id: string | number | null; readonly error: string };

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (err) {
    if (err instanceof SyntaxError) return undefined;
    throw err;
  }
}

function comparePair(line: string): PairAnswer {
  const value = parseLine(line);
  const parsed = pairSchema.safeParse(value);
  if (!parsed.success) {
    const named = z.object({ id: z.union([z.string(), z.number()]) }).safeParse(value);
    const id = named.success ? named.data.id : null;
    return { id, error: 'A line is a JSON object {"id", "base", "revision"} with two documents.' };
  }
  const { id, base, revision } = parsed.data;
  const encode = (document: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(document));
  const before = loadBytes("base", encode(base));
  if ("problem" in before) return { id, error: before.problem };
  const after = loadBytes("revision", encode(revision));
  if ("problem" in after) return { id, error: after.problem };
  const changes = compareDescriptions(before.description, after.description);
  return { id, verdict: verdictOf(countChanges(changes)), changes };
}

async function compareLines(failOn: FailLevel | null): Promise<number> {
  let status = fine;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() === "") continue;
    const answer = comparePair(line);
    if ("error" in answer) status = unreadable;
    else if (status === fine && reaches(answer.verdict, failOn)) status = found;
    await write(`${JSON.stringify(answer)}\n`);
  }
  return status;
}

/**
 * `gatebook diff`: compares two descriptions, or with `--jsonl` pair after pair in one process, and gives the exit status
 * (DESIGN §14). Problems of the input are said on standard error, never thrown.
 */
export async function diffCommand(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "string") {
    process.stderr.write(`${options}\n${usage}`);
    return wrongUse;
  }
  if (options.help) {
    await write(usage);
    return fine;
  }
  if (options.jsonl) return compareLines(options.failOn);
  const [base, revision] = await Promise.all(options.places.map(load));
  const problems = [base, revision].flatMap((loaded) =>
    loaded !== undefined && "problem" in loaded ? [loaded.problem] : [],
  );
  if (base === undefined || revision === undefined || "problem" in base || "problem" in revision) {
    process.stderr.write(`${problems.join("\n")}\n`);
    return unreadable;
  }
  const changes = compareDescriptions(base.description, revision.description, { now: new Date() });
  if (options.uses === null) {
    await write(render(changes, options.format, null));
    return reaches(verdictOf(countChanges(changes)), options.failOn) ? found : fine;
  }
  const consumer = judgeConsumer(base.description, changes, options.uses);
  await write(render(consumer.changes, options.format, consumer));
  const levels = { "must-change": "breaking", "should-check": "risky", "nothing-to-do": "safe" } as const;
  return reaches(levels[consumer.verdict], options.failOn) ? found : fine;
}
