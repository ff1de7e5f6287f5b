import { summarise } from "../diff/index.ts";
import type { Change, NoticeKind } from "../model/index.ts";
import { mainLine } from "../model/index.ts";

type Version = { readonly line: string; readonly number: number; readonly label: string };

/** A version among those of its line; what has one line need not say it. */
function name({ line, number, label }: Version): string {
  const inLine = line === mainLine ? "" : ` of ${line}`;
  return label === `v${String(number)}` || label === `${line}-${String(number)}`
    ? `version ${String(number)}${inLine}`
    : `version ${String(number)}${inLine} (${label})`;
}

/** The two sentences of a notice: what happened, and what to do. */
export function composeNotice(
  kind: NoticeKind,
  version: Version,
  base: Version,
  changes: readonly Change[],
): { readonly message: string; readonly advice: string } {
  const { message, advice } = summarise(changes);
  const what = {
    upcoming: `${name(version)} is about to replace ${name(base)}`,
    current: `${name(version)} has replaced ${name(base)}`,
    rollback: `${name(base)} was rolled back to ${name(version)}`,
  }[kind];
  return { message: `${what.charAt(0).toUpperCase()}${what.slice(1)}. ${message}`, advice };
}
