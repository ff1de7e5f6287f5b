import type { Json } from "../../model/index.ts";
import type { Finding } from "../finding.ts";
import type { Edit } from "../rules.ts";
import { fixedWords } from "./fixed-words.ts";
import { schemaWords } from "./schema-words.ts";
import { nothing } from "./words.ts";
import type { Words } from "./words.ts";

/** The words of every edit. */
export const words: Readonly<Record<Edit, Words>> = { ...schemaWords, ...fixedWords };

const textMax = 120;

function say(value: Json): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return (value as readonly Json[]).map(say).join(", ").slice(0, textMax);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `\`${text.length > textMax ? `${text.slice(0, textMax)}…` : text}\``;
}

function sideOf(text: string | readonly [string, string], finding: Pick<Finding, "direction">): string {
  if (typeof text === "string") return text;
  return finding.direction === "response" ? text[1] : text[0];
}

function fill(template: string, finding: Pick<Finding, "subject" | "before" | "after">): string {
  const text = template.replaceAll(/\{([sab])\}/g, (_, name: string) =>
    name === "s" ? finding.subject : say(name === "a" ? finding.before : finding.after),
  );
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What happened and why it matters, in one or two sentences. */
export function messageFor(finding: Finding): string {
  const entry = words[finding.edit];
  return `${fill(entry.what, finding)} ${sideOf(entry.why, finding)}`;
}

/** What the consumer does about it, in a sentence. */
export function adviceFor(finding: Finding): string {
  if (finding.level === "risky" && sideOf(words[finding.edit].advice, finding) === nothing)
    return "Check whether you rely on it.";
  return fill(
    sideOf(words[finding.edit].advice, finding).replace(
      /; look for its successor: \{b\}/,
      finding.after === null ? "" : "; look for its successor: {b}",
    ),
    finding,
  );
}
