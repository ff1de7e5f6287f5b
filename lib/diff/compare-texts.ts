import { admits, allowsValue } from "../spec/index.ts";
import { widerFormats } from "./containment-question.ts";
import type { PairWork } from "./pair-work.ts";
import { compareLanguages, textRulesOf } from "./text-languages.ts";

/** Formats of text that no value has two of. */
const disjointFormats = new Set(["date", "date-time", "time", "uuid", "email", "ipv4", "ipv6"]);

function compareFormats({ before, after, report }: PairWork): void {
  const from = before.formats.join(" and ");
  const to = after.formats.join(" and ");
  if (from === to) return;
  if (from === "") report("format-added", null, to, { proof: "rule" });
  else if (to === "") report("format-removed", from, null, { proof: "rule" });
  else if (widerFormats.get(from) === to) report("format-widened", from, to);
  else if (widerFormats.get(to) === from) report("format-narrowed", from, to);
  else if (disjointFormats.has(from) && disjointFormats.has(to))
    report("format-changed", from, to, { level: "breaking" });
  else report("format-changed", from, to, { proof: "unknown" });
}

/** Patterns by what they take, not by how they are written; where that is not known, what is only added narrows all the same. */
function comparePatterns({ before, after, context, report }: PairWork): void {
  if (!admits(before.types, "string") || !admits(after.types, "string")) return;
  const added = after.patterns.filter((pattern) => !before.patterns.includes(pattern));
  const removed = before.patterns.filter((pattern) => !after.patterns.includes(pattern));
  if (added.length + removed.length === 0) return;
  const from = removed.length === 0 ? null : removed.join("\n");
  const to = added.length === 0 ? null : added.join("\n");
  const change = compareLanguages(textRulesOf(before), textRulesOf(after));
  if (change === null) {
    if (from === null) report("pattern-added", null, to);
    else if (to === null) report("pattern-removed", from, null);
    else report("pattern-changed", from, to, { level: "risky", proof: "unknown" });
    return;
  }
  const { lost, gained } = change;
  // What breaks is what a caller may send no more, or what may come back that never came.
  const [witness, takes] = context.place.startsWith("request") ? [lost, before] : [gained, after];
  // What else the schema says may refuse it on both sides.
  const isProof = witness !== null && allowsValue(takes, witness) === true;
  const proved = isProof ? ({ proof: "witness", witness } as const) : {};
  if (lost === null && gained === null) report("rewritten", from, to);
  else if (gained === null) report(from === null ? "pattern-added" : "pattern-specialized", from, to, proved);
  else if (lost === null) report(to === null ? "pattern-removed" : "pattern-generalized", from, to, proved);
  else report("pattern-changed", from, to, proved);
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
