import { CharSet, DFA, JS, NFA, Transformers, transform } from "refa";
import type { Concatenation, Element, Expression, NoParent, ReadonlyNFA, TransitionIterable } from "refa";
import type { SchemaForm } from "../spec/index.ts";

/** States of one automaton: patterns that people write have some dozens. What needs more is not looked into. */
const statesMax = 2_000;
const patternMax = 1_000;
/** A longer bound is no part of an automaton; what would be a witness is held against it all the same. */
const lengthMax = 200;
/** So many are kept: the same few patterns stand in many places of a description. */
const languagesMax = 256;

const anyCharacter = CharSet.all(0x10_ff_ff);

/** Texts as a schema says them: patterns that all have to match somewhere, and bounds of their length in characters. */
export type TextRules = {
  readonly patterns: readonly string[];
  readonly minLength: number;
  readonly maxLength: number;
};

/** What a schema says of texts. */
export function textRulesOf({ patterns, counts }: SchemaForm): TextRules {
  return { patterns, minLength: counts.get("minLength") ?? 0, maxLength: counts.get("maxLength") ?? Infinity };
}

/** What a change of patterns does to the texts that are taken. */
export type LanguageChange = {
  /** A text that was taken and is no more; null where there is none. */
  readonly lost: string | null;
  /** A text that is taken and was not; null where there is none. */
  readonly gained: string | null;
};

type Language = { readonly regex: RegExp; readonly accepts: ReadonlyNFA; readonly refuses: DFA };
type Part = NoParent<Element>;
type Branch = NoParent<Concatenation>;

const languages = new Map<string, Language | null>();

/** True for `^` and `$`, where nothing at all may stand before, or behind (ECMA-262 §22.2.2.4, without the flag m). */
function isEdge(part: Part | undefined, kind: "ahead" | "behind"): boolean {
  if (part?.type !== "Assertion" || part.kind !== kind || !part.negate || part.alternatives.length !== 1) return false;
  const elements = part.alternatives[0]?.elements ?? [];
  const [inner] = elements;
  return elements.length === 1 && inner?.type === "CharacterClass" && inner.characters.isAll;
}

function anything(): Part {
  const elements: Part[] = [{ type: "CharacterClass", characters: anyCharacter }];
  const alternatives: Branch[] = [{ type: "Concatenation", elements }];
  return { type: "Quantifier", min: 0, max: Infinity, lazy: false, alternatives };
}

/** The same branches with anything before, or behind, each of them, but where the branch says that it is an edge. */
function opened(branches: readonly Branch[], kind: "ahead" | "behind"): Branch[] {
  return branches.map((branch): Branch => {
    const isStart = kind === "behind";
    const { elements } = branch;
    const outer = isStart ? elements[0] : elements.at(-1);
    const rest = isStart ? elements.slice(1) : elements.slice(0, -1);
    const put = (...parts: Part[]): Branch => ({
      ...branch,
      elements: isStart ? [...parts, ...rest] : [...rest, ...parts],
    });
    if (isEdge(outer, kind)) return put();
    if (outer?.type === "Alternation") return put({ ...outer, alternatives: opened(outer.alternatives, kind) });
    return isStart
      ? put(anything(), ...(outer === undefined ? [] : [outer]))
      : put(...(outer === undefined ? [] : [outer]), anything());
  });
}

const classOrEscape = /\[(?:\\.|[^\]\\])*\]|\\(?:[^\w\s]|_)/gsu;
const escape = /\\([^\w\s]|_)/gu;

/** The pattern without the escapes of signs that need none: by the flag u, with which JSON Schema reads patterns, they are errors. */
function plainEscapes(pattern: string): string {
  const plain = (text: string, kept: string): string =>
    text.replaceAll(escape, (whole, sign: string) => (kept.includes(sign) ? whole : sign));
  return pattern.replaceAll(classOrEscape, (part) =>
    plain(part, part.startsWith("[") ? "^$\\.*+?()[]{}|/-" : "^$\\.*+?()[]{}|/"),
  );
}

function readRegex(pattern: string): RegExp | null {
  for (const source of [pattern, plainEscapes(pattern)]) {
    try {
      return new RegExp(source, "u");
    } catch (err) {
      if (!(err instanceof SyntaxError)) throw err;
    }
  }
  return null;
}

/** An automaton of the texts in which a pattern matches; null for what is none, looks around, refers back, or is too large. */
function readLanguage(pattern: string): Language | null {
  const regex = pattern.length > patternMax ? null : readRegex(pattern);
  if (regex === null) return null;
  try {
    const { expression, maxCharacter } = JS.Parser.fromLiteral(regex).parse({ maxNodes: statesMax * 10 });
    const open: NoParent<Expression> = {
      type: "Expression",
      alternatives: opened(opened(expression.alternatives, "behind"), "ahead"),
    };
    const whole = transform(Transformers.applyAssertions(), open);
    const accepts = NFA.fromRegex(
      whole,
      { maxCharacter },
      { assertions: "throw" },
      new NFA.LimitedNodeFactory(statesMax),
    );
    const refuses = DFA.fromFA(accepts, new DFA.LimitedNodeFactory(statesMax));
    refuses.minimize();
    refuses.complement();
    return { regex, accepts, refuses };
  } catch {
    // Too many states, or assertions and references that are left: refa says all of it by errors, and all of it is unknown.
    return null;
  }
}

function languageOf(pattern: string): Language | null {
  const known = languages.get(pattern);
  if (known !== undefined) return known;
  if (languages.size >= languagesMax) languages.clear();
  const language = readLanguage(pattern);
  languages.set(pattern, language);
  return language;
}

/** Texts of lengths that both sides allow, as far as an automaton can count; null where there are none. */
function sharedLengths(one: TextRules, other: TextRules): ReadonlyNFA | null {
  // Whatever number a description says: no text has half a character.
  const min = Math.ceil(Math.max(0, one.minLength, other.minLength));
  const max = Math.floor(Math.min(one.maxLength, other.maxLength));
  if (min > max) return null;
  const bounds = `{${String(Math.min(min, lengthMax))},${max > lengthMax ? "" : String(max)}}`;
  const { expression, maxCharacter } = JS.Parser.fromLiteral(new RegExp(`[^]${bounds}`, "u")).parse();
  return NFA.fromRegex(expression, { maxCharacter });
}

/** Signs that people can read, before any others. */
const readable = [
  [0x61, 0x7a],
  [0x41, 0x5a],
  [0x30, 0x39],
  [0x21, 0x7e],
  [0x20, 0x20],
] as const;

function signOf(set: CharSet): number {
  for (const [min, max] of readable) {
    const [range] = set.intersect({ min, max }).ranges;
    if (range !== undefined) return range.min;
  }
  return set.ranges[0]?.min ?? 0;
}

function isTaken(text: string, { patterns, minLength, maxLength }: TextRules): boolean {
  const length = [...text].length;
  return (
    length >= minLength &&
    length <= maxLength &&
    patterns.every((pattern) => languageOf(pattern)?.regex.test(text) === true)
  );
}

/** The shortest text that an automaton takes, by the most readable signs; null where it takes none. */
function shortestWord({ initial, finals }: ReadonlyNFA): string | null {
  type Step = { readonly node: NFA.ReadonlyNode; readonly sign: number; readonly from: Step | null };
  const seen = new Set([initial]);
  // Breadth first over states: over words there would be as many ways as there are texts.
  const steps: Step[] = [{ node: initial, sign: 0, from: null }];
  for (let at = 0; at < steps.length; at += 1) {
    const step = steps[at];
    if (step === undefined) break;
    if (finals.has(step.node)) {
      const signs: number[] = [];
      for (let back = step; back.from !== null; back = back.from) signs.push(back.sign);
      return String.fromCodePoint(...signs.reverse());
    }
    for (const [node, characters] of step.node.out) {
      if (seen.has(node)) continue;
      seen.add(node);
      steps.push({ node, sign: signOf(characters), from: step });
    }
  }
  return null;
}

/** Throws where both together need too many states. */
function both<Node>(left: ReadonlyNFA, right: TransitionIterable<Node>): NFA {
  return NFA.fromIntersection(left, right, new NFA.LimitedNodeFactory(statesMax * 5));
}

type Search = { readonly isKnown: boolean; readonly text: string | null };

/**
 * The shortest text that one side takes and a pattern of the other does not, of a length that both allow: what lengths alone do is
 * said of the lengths. It is held against the patterns themselves before it counts.
 */
function findOnlyIn(inside: TextRules, outside: TextRules): Search {
  const lengths = sharedLengths(inside, outside);
  if (lengths === null) return { isKnown: true, text: null };
  const all = [...inside.patterns.flatMap((own) => languageOf(own)?.accepts ?? []), lengths];
  try {
    const taken = all.reduce((left, right) => both(left, right));
    for (const pattern of outside.patterns) {
      const language = languageOf(pattern);
      if (language === null || inside.patterns.includes(pattern)) continue;
      const text = shortestWord(both(taken, language.refuses));
      if (text === null) continue;
      const isProved = isTaken(text, inside) && !language.regex.test(text);
      return { isKnown: isProved, text: isProved ? text : null };
    }
    return { isKnown: true, text: null };
  } catch {
    // Too many states together.
    return { isKnown: false, text: null };
  }
}

/** The shortest text that keeps to all rules, by the most readable signs; null where there is none, or none is known. */
export function shortestText(rules: TextRules): string | null {
  const lengths = sharedLengths(rules, rules);
  const accepted = rules.patterns.map((pattern) => languageOf(pattern)?.accepts);
  if (lengths === null || accepted.includes(undefined)) return null;
  try {
    const taken = accepted.reduce<ReadonlyNFA>(
      (left, right) => (right === undefined ? left : both(left, right)),
      lengths,
    );
    const text = shortestWord(taken);
    return text !== null && isTaken(text, rules) ? text : null;
  } catch {
    // Too many states together.
    return null;
  }
}

/**
 * What comes and goes of the texts that patterns take, by inclusion of regular languages (DIFF §6.2); a text for each, which the
 * patterns themselves were asked about. Null where that cannot be told: patterns that look around, refer back, are none of
 * ECMA-262, or need more than some thousand states.
 */
export function compareLanguages(before: TextRules, after: TextRules): LanguageChange | null {
  if ([...before.patterns, ...after.patterns].some((pattern) => languageOf(pattern) === null)) return null;
  const lost = findOnlyIn(before, after);
  const gained = findOnlyIn(after, before);
  return lost.isKnown && gained.isKnown ? { lost: lost.text, gained: gained.text } : null;
}
