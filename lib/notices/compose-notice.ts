import { summarise } from "../diff/index.ts";
import type { Change, NoticeKind } from "../model/index.ts";

type Version = { readonly number: number; readonly label: string };

const name = ({ number, label }: Version): string =>
  label === `v${String(number)}` ? `version ${String(number)}` : `version ${String(number)} (${label})`;

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
