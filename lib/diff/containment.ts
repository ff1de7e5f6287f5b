import { admits, allowsValue, wholeTypes } from "../spec/index.ts";
import type { CountKeyword, Limit, SchemaForm, SchemaNode, SchemaReader } from "../spec/index.ts";
import { widerFormats } from "./containment-question.ts";
import type { Containment } from "./containment-question.ts";
import { containsArrays } from "./contain-arrays.ts";
import { containsObjects } from "./contain-objects.ts";
import { isOneOnly, valuesOf } from "./disjoint.ts";
import { compareLanguages, textRulesOf } from "./text-languages.ts";
import type { TextRules } from "./text-languages.ts";

/** Questions within one question; beyond them it is not known. */
const stepsMax = 4_000;

/** How many such questions one comparison may ask in all. */
export type ProofBudget = { steps: number };
/** A bound of length is asked of patterns as a pattern, as far as one can count. */
const lengthMax = 200;

function isWithinTypes(left: SchemaForm, right: SchemaForm): boolean {
  if (right.types === null) return true;
  const { types } = right;
  return [...(left.types ?? wholeTypes)].every(
    (type) => types.has(type) || (type === "integer" && types.has("number")),
  );
}

function isLower(left: Limit | null, right: Limit | null, sign: 1 | -1): boolean {
  if (right === null) return true;
  if (left === null) return false;
  const gap = (left.value - right.value) * sign;
  return gap > 0 || (gap === 0 && (left.exclusive || !right.exclusive));
}

function areNumbersWithin(left: SchemaForm, right: SchemaForm): boolean {
  if (!admits(left.types, "number", "integer")) return true;
  const isMultiple =
    right.multipleOf === null ||
    (left.multipleOf !== null && Number.isInteger(left.multipleOf / right.multipleOf)) ||
    (!admits(left.types, "number") && Number.isInteger(1 / right.multipleOf));
  return isLower(left.lower, right.lower, 1) && isLower(left.upper, right.upper, -1) && isMultiple;
}

function isCountWithin(left: SchemaForm, right: SchemaForm, min: CountKeyword, max: CountKeyword): boolean {
  return (
    (left.counts.get(min) ?? 0) >= (right.counts.get(min) ?? 0) &&
    (left.counts.get(max) ?? Infinity) <= (right.counts.get(max) ?? Infinity)
  );
}

/** Whether patterns say by themselves that a text is no shorter and no longer than the right side wants it. */
function doPatternsBound(left: TextRules, right: TextRules): boolean {
  const { minLength: min, maxLength: max } = right;
  if (left.patterns.length === 0 || min > lengthMax || (max > lengthMax && max !== Infinity)) return false;
  const bounds: TextRules = {
    patterns: [`^[^]{${String(min)},${max === Infinity ? "" : String(max)}}$`],
    minLength: 0,
    maxLength: Infinity,
  };
  return compareLanguages(left, bounds)?.lost === null;
}

function areTextsWithin(left: SchemaForm, right: SchemaForm): boolean {
  if (!admits(left.types, "string")) return true;
  const [one, other] = [textRulesOf(left), textRulesOf(right)];
  const areLengths = isCountWithin(left, right, "minLength", "maxLength") || doPatternsBound(one, other);
  const arePatterns = other.patterns.every(
    (pattern) =>
      one.patterns.includes(pattern) ||
      compareLanguages(one, { patterns: [pattern], minLength: 0, maxLength: Infinity })?.lost === null,
  );
  return areLengths && arePatterns;
}

function areFormatsWithin(left: SchemaForm, right: SchemaForm): boolean {
  const areFormats = right.formats.every((format) =>
    left.formats.some((own) => own === format || widerFormats.get(own) === format),
  );
  return (
    areFormats &&
    (right.contentEncoding === null || left.contentEncoding === right.contentEncoding) &&
    (right.contentMediaType === null || left.contentMediaType === right.contentMediaType)
  );
}

/** Whether the left side is refused by what the right side says must not be. */
function isOutside(question: Containment, left: SchemaForm, node: SchemaNode): boolean {
  const digest = question.right.digest(node);
  if (left.nots.some((own) => question.left.digest(own) === digest)) return true;
  const refused = question.right.form(node);
  if (refused.impossible) return true;
  const values = valuesOf(refused);
  return (
    values !== null &&
    values.every(
      (value) =>
        allowsValue(left, value) === false ||
        left.nots.some((own) => allowsValue(question.left.form(own), value) === true),
    )
  );
}

type Ask = (left: SchemaForm, right: SchemaForm) => boolean;

/** Whether a form, or all alternatives of one of its unions, meet a condition: what holds for each of them holds for it. */
function holds(question: Containment, left: SchemaForm, condition: (form: SchemaForm) => boolean, depth = 0): boolean {
  if (condition(left)) return true;
  if (depth > 2) return false;
  return [...left.anyOf, ...left.oneOf].some((group) =>
    group.every((node) => {
      const branch = question.left.form(node);
      return branch.impossible || holds(question, branch, condition, depth + 1);
    }),
  );
}

/** Whether every value is in one of the alternatives, each type by itself where there are several. */
function isInUnion(
  question: Containment,
  node: SchemaNode,
  left: SchemaForm,
  group: readonly SchemaNode[],
  ask: Ask,
): boolean {
  if (group.some((branch) => question.within(node, branch))) return true;
  const unions = [...left.anyOf, ...left.oneOf];
  if (unions.some((own) => own.every((mine) => group.some((branch) => question.within(mine, branch))))) return true;
  const values = valuesOf(left);
  const forms = group.map((branch) => question.right.form(branch));
  if (values !== null) return values.every((value) => forms.some((form) => allowsValue(form, value) === true));
  if (left.types === null || left.types.size < 2) return false;
  return [...left.types].every((type) => {
    const part: SchemaForm = { ...left, types: new Set([type]) };
    return forms.some((form) => ask(part, form));
  });
}

function isContained(question: Containment, node: SchemaNode, left: SchemaForm, right: SchemaForm): boolean {
  if (left.impossible) return true;
  if (right.impossible) return false;
  const values = valuesOf(left);
  if (values !== null && values.every((value) => allowsValue(right, value) === true)) return true;
  const ask: Ask = (one, other) => isContained(question, node, one, other);
  const conditions: readonly ((form: SchemaForm) => boolean)[] = [
    (form) => isWithinTypes(form, right),
    (form) => right.values === null || (valuesOf(form)?.every((value) => allowsValue(right, value) === true) ?? false),
    (form) => areNumbersWithin(form, right),
    (form) => areTextsWithin(form, right),
    (form) => areFormatsWithin(form, right),
    (form) => containsObjects(question, form, right),
    (form) => containsArrays(question, form, right),
    (form) => right.opaque.every((text) => form.opaque.includes(text)),
    ...right.nots.map((not) => (form: SchemaForm) => isOutside(question, form, not)),
  ];
  return (
    conditions.every((condition) => holds(question, left, condition)) &&
    right.anyOf.every((group) => isInUnion(question, node, left, group, ask)) &&
    right.oneOf.every((group) => isOneOnly(question.right, group) && isInUnion(question, node, left, group, ask)) &&
    right.conditionals.every((own) => isConditionMet(question, node, left, own))
  );
}

/** The same condition, or both of its ends in any case. */
function isConditionMet(
  question: Containment,
  node: SchemaNode,
  left: SchemaForm,
  conditional: SchemaForm["conditionals"][number],
): boolean {
  const text = (reader: SchemaReader, { if: test, then, else: otherwise }: typeof conditional): string =>
    [test, then, otherwise].map((part) => (part === null ? "anything" : reader.digest(part))).join(" ");
  const own = text(question.right, conditional);
  if (left.conditionals.some((mine) => text(question.left, mine) === own)) return true;
  return question.within(node, conditional.then) && question.within(node, conditional.else);
}

/**
 * Whether every value that the left schema takes is one that the right takes (DIFF §6.2): true where it is proved, false where it is
 * not so or not known. A question that comes up again inside of itself is assumed to hold, which the values, being finite, allow as
 * long as each time round goes a step into them.
 */
export function isProvedWithin(
  left: SchemaReader,
  leftNode: SchemaNode,
  right: SchemaReader,
  rightNode: SchemaNode,
  isRequest: boolean,
  budget: ProofBudget,
): boolean {
  /** The answers, and of open questions how deep in the value they were asked. */
  const known = new Map<string, boolean | number>();
  /** In the order in which they were found: what was found while something is assumed falls with the assumption. */
  const found: string[] = [];
  let steps = 0;
  let depth = 0;
  const within = (node: SchemaNode, other: SchemaNode | null): boolean => {
    const wanted = other ?? right.node(true, "");
    if (wanted.parts.length === 0 || left.digest(node) === right.digest(wanted)) return true;
    const key = `${node.id} ${wanted.id}`;
    const answer = known.get(key);
    if (typeof answer === "number") return depth > answer;
    if (answer !== undefined) return answer;
    steps += 1;
    budget.steps -= 1;
    if (steps > stepsMax || budget.steps < 0) return false;
    const from = found.length;
    known.set(key, depth);
    found.push(key);
    const isSo = isContained(question, node, left.form(node), right.form(wanted));
    if (!isSo) for (const later of found.splice(from)) known.delete(later);
    known.set(key, isSo);
    return isSo;
  };
  const question: Containment = {
    left,
    right,
    isRequest,
    within,
    inside: (one, other) => {
      depth += 1;
      try {
        return within(one ?? left.node(true, ""), other);
      } finally {
        depth -= 1;
      }
    },
  };
  return within(leftNode, rightNode);
}
