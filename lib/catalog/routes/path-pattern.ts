/** A literal path with a pattern behind it that takes in the rest, as gateways are used to match and to strip prefixes. */
export type PathPattern = {
  readonly literal: string;
  readonly match: "prefix" | "text-prefix" | "exact";
  /** The number (or the name) of the group that holds the rest; null where none does. */
  readonly group: string | null;
  /** Whether that group begins with the slash. */
  readonly hasSlash: boolean;
};

/** Tails that take everything in: with the group of the rest, and whether the slash is in it. */
const tails: readonly (readonly [RegExp, Omit<PathPattern, "literal">])[] = [
  [/\(\/\|\$\)\(\.\*\)\$?$/, { match: "prefix", group: "2", hasSlash: false }],
  [/\(\?:\/\|\$\)\(\.\*\)\$?$/, { match: "prefix", group: "1", hasSlash: false }],
  [/\/\?\(\.\*\)\$?$/, { match: "text-prefix", group: "1", hasSlash: false }],
  [/(?<=\/)\(\.\*\)\$?$/, { match: "text-prefix", group: "1", hasSlash: false }],
  [/\(\/\.\*\)\??\$?$/, { match: "prefix", group: "1", hasSlash: true }],
  [/\(\.\*\)\$?$/, { match: "text-prefix", group: "1", hasSlash: true }],
  [/\.\*\$?$/, { match: "text-prefix", group: null, hasSlash: false }],
];
const namedTail = /\(\?<(\w+)>\.\*\)\$?$/;
const special = /[()[\]*+?^$|\\{}]/;

/** True where a path holds nothing that a pattern would. */
export function isLiteral(path: string): boolean {
  return !special.test(path);
}

/** Reads a path that is a pattern; null where it is more than a literal beginning and everything behind it. */
export function readPattern(path: string): PathPattern | null {
  const anchored = path.replace(/^\^/, "");
  const named = namedTail.exec(anchored);
  if (named !== null) {
    const literal = anchored.slice(0, named.index);
    const form = { match: "text-prefix", group: named[1] ?? "", hasSlash: !literal.endsWith("/") } as const;
    return isLiteral(literal) ? { literal, ...form } : null;
  }
  for (const [tail, form] of tails) {
    const found = tail.exec(anchored);
    if (found === null) continue;
    const literal = anchored.slice(0, found.index);
    if (isLiteral(literal)) return { literal, ...form };
  }
  const bare = anchored.replace(/\$$/, "");
  if (!isLiteral(bare)) return null;
  return { literal: bare, match: bare === anchored ? "text-prefix" : "exact", group: null, hasSlash: false };
}
