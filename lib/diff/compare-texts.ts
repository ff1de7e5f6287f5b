import { admits } from "../spec/index.ts";
import type { PairWork } from "./pair-work.ts";

/** Formats of which every value of the first is one of the second. */
const widerFormat: ReadonlyMap<string, string> = new Map([
  ["int32", "int64"],
  ["float", "double"],
]);
/** Formats of text that no value has two of. */
const disjointFormats = new Set(["date", "date-time", "time", "uuid", "email", "ipv4", "ipv6"]);

function compareFormats({ before, after, report }: PairWork): void {
  const from = before.formats.join(" and ");
  const to = after.formats.join(" and ");
  if (from === to) return;
  if (from === "") report("format-added", null, to, { proof: "rule" });
  else if (to === "") report("format-removed", from, null, { proof: "rule" });
  else if (widerFormat.get(from) === to) report("format-widened", from, to);
  else if (widerFormat.get(to) === from) report("format-narrowed", from, to);
  else if (disjointFormats.has(from) && disjointFormats.has(to))
    report("format-changed", from, to, { level: "breaking" });
  else report("format-changed", from, to, { proof: "unknown" });
}

function comparePatterns({ before, after, report }: PairWork): void {
  if (!admits(before.types, "string") || !admits(after.types, "string")) return;
  const added = after.patterns.filter((pattern) => !before.patterns.includes(pattern));
  const removed = before.patterns.filter((pattern) => !after.patterns.includes(pattern));
  if (added.length > 0 && removed.length > 0)
    report("pattern-changed", removed.join("\n"), added.join("\n"), { proof: "unknown" });
  else if (added.length > 0) report("pattern-added", null, added.join("\n"));
  else if (removed.length > 0) report("pattern-removed", removed.join("\n"), null);
}

/** Reports changed patterns, formats and encodings of texts. */
export function compareTexts(work: PairWork): void {
  const { before, after, report } = work;
  comparePatterns(work);
  compareFormats(work);
  if (before.contentEncoding !== after.contentEncoding)
    report("content-encoding-changed", before.contentEncoding, after.contentEncoding);
  if (before.contentMediaType !== after.contentMediaType)
    report("content-media-type-changed", before.contentMediaType, after.contentMediaType);
}
