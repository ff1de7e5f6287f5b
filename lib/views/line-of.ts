import { mainLine } from "../model/index.ts";
import type { ApiRow } from "../store/index.ts";

/** A version as a caller names it: by number or by what it is now, in a line or in the API's own. */
export type LineChoice = { readonly line?: string | undefined };

/** The line that is meant: the one that is named, else the API's own, which is its first. */
export function lineOf(row: Pick<ApiRow, "api">, asked: string | undefined): string {
  return asked ?? row.api.lines[0] ?? mainLine;
}
