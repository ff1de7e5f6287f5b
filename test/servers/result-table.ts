import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";

/** What came of one server. */
export type ServerResult = {
  readonly title: string;
  readonly version: string;
  /** Null where it ran. */
  readonly skipped: string | null;
  readonly place: string;
  readonly operations: number;
  readonly first: number;
  /** The most that it saw on any later day. */
  readonly daily: number;
  /** Example requests of its description that it answered with 2xx, of all of them. */
  readonly examples: string;
  readonly problems: readonly string[];
};

const file = path.join(import.meta.dirname, "../../docs/servers.md");
const begin = "<!-- made by npm run test:servers -->";
const end = "<!-- until here -->";

function rowOf(result: ServerResult): string {
  const cells =
    result.skipped === null
      ? [
          result.place,
          String(result.operations),
          String(result.first),
          String(result.daily),
          result.examples,
          result.problems.length === 0 ? "yes" : "NO",
        ]
      : [`not run: ${result.skipped}`, "", "", "", "", ""];
  return `| ${[result.title, result.version, ...cells].map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** The table in Markdown, with the day and the programs that made it. */
export function renderResults(results: readonly ServerResult[], facts: readonly string[]): string {
  return [
    `${facts.join(", ")}:`,
    "",
    "| server | version | description found | operations | requests at first | requests a day | examples answered | as it must be |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...results.map(rowOf),
    "",
  ].join("\n");
}

/** Puts the table between the marks of docs/servers.md. */
export async function writeResults(table: string): Promise<void> {
  const text = readFileSync(file, "utf8");
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${file} has lost its marks.`);
  const whole = `${before}${begin}\n\n${table}\n${end}${after}`;
  writeFileSync(file, await format(whole, { ...(await resolveConfig(file)), filepath: file }));
}
