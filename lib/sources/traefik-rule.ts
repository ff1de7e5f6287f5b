import type { RouteMatch } from "./observation.ts";

type Alternative = { readonly hosts: readonly string[]; readonly matches: readonly RouteMatch[] };

type Term = { readonly name: string; readonly values: readonly string[] };

const rootMatch: RouteMatch = { type: "prefix", path: "/", method: null, headers: [], narrowed: false };
const alternativesMax = 64;

/** Splits at an operator outside of backticks, quotes and brackets; null where brackets do not close. */
function splitOutside(text: string, operator: string): readonly string[] | null {
  const parts: string[] = [];
  let depth = 0;
  let quote = "";
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? "";
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === "`" || character === '"') quote = character;
    else if (character === "(") depth += 1;
    else if (character === ")") depth -= 1;
    else if (depth === 0 && text.startsWith(operator, index)) {
      parts.push(text.slice(start, index).trim());
      start = index + operator.length;
      index += operator.length - 1;
    }
    if (depth < 0) return null;
  }
  return depth === 0 && quote === "" ? [...parts, text.slice(start).trim()] : null;
}

function termOf(text: string): Term | null {
  const call = /^([A-Za-z]+)\((.*)\)$/s.exec(text);
  if (call === null) return null;
  const values = [...(call[2] ?? "").matchAll(/`([^`]*)`|"([^"]*)"/g)].map((match) => match[1] ?? match[2] ?? "");
  return values.length === 0 ? null : { name: call[1] ?? "", values };
}

function withTerm(alternatives: readonly Alternative[], term: Term): readonly Alternative[] | null {
  const [first = "", second] = term.values;
  const change = (edit: (match: RouteMatch) => readonly RouteMatch[]): readonly Alternative[] =>
    alternatives.map((alternative) => ({ ...alternative, matches: alternative.matches.flatMap(edit) }));
  switch (term.name) {
    case "Host":
    case "HostHeader":
      return alternatives.map((alternative) => ({
        ...alternative,
        hosts: term.values.map((host) => host.toLowerCase()),
      }));
    case "PathPrefix":
      return change((match) => term.values.map((path) => ({ ...match, type: "prefix", path })));
    case "Path":
      return change((match) => term.values.map((path) => ({ ...match, type: "exact", path })));
    case "Method":
      return change((match) => term.values.map((method) => ({ ...match, method })));
    case "Header":
    case "Headers":
      return second === undefined
        ? null
        : change((match) => [{ ...match, headers: [...match.headers, { name: first, value: second }] }]);
    default:
      return null;
  }
}

/**
 * What a rule of Traefik's says of hosts and paths ("Host(`a`) && PathPrefix(`/b`)"), one entry for each side of an `||`.
 * Null where it uses anything that cannot be told as a URL: patterns, negations, client addresses, query parameters.
 */
export function parseTraefikRule(rule: string): readonly Alternative[] | null {
  if (rule.length > 2_000) return null;
  const sides = splitOutside(rule.trim(), "||");
  if (sides === null || sides.length > alternativesMax) return null;
  if (sides.length > 1) {
    const parsed = sides.map(parseTraefikRule);
    return parsed.some((side) => side === null) ? null : parsed.flatMap((side) => side ?? []).slice(0, alternativesMax);
  }
  const terms = splitOutside(rule.trim(), "&&");
  if (terms === null) return null;
  let alternatives: readonly Alternative[] = [{ hosts: ["*"], matches: [rootMatch] }];
  for (const text of terms) {
    const inner = /^\((.*)\)$/s.exec(text)?.[1];
    if (inner !== undefined && splitOutside(inner, "||") !== null) {
      const nested = parseTraefikRule(inner);
      if (nested === null) return null;
      alternatives = alternatives
        .flatMap((left) =>
          nested.map((right) => ({
            hosts: right.hosts[0] === "*" ? left.hosts : right.hosts,
            matches: right.matches.every((match) => match === rootMatch) ? left.matches : right.matches,
          })),
        )
        .slice(0, alternativesMax);
      continue;
    }
    const term = termOf(text);
    const next = term === null ? null : withTerm(alternatives, term);
    if (next === null) return null;
    alternatives = next;
  }
  return alternatives;
}
