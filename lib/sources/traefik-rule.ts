import type { RouteMatch } from "./observation.ts";
import { requiredHeaders } from "./required-headers.ts";
import { cleanHost } from "./route-text.ts";

/** One way in which a call meets a rule. */
export type RuleWay = {
  /** Lower case; "*" where any host does. */
  readonly host: string;
  readonly match: RouteMatch;
  /** Why no URL follows from it; null where one does. */
  readonly problem: string | null;
};

/** What must hold together. */
type Conjunction = {
  readonly host: string | null;
  readonly path: { readonly type: RouteMatch["type"]; readonly path: string } | null;
  readonly methods: readonly string[] | null;
  readonly headers: readonly { readonly name: string; readonly value: string | null }[];
  readonly narrowedBy: readonly string[];
  readonly problem: string | null;
};

type Token =
  | { readonly kind: "operator"; readonly text: string }
  | { readonly kind: "term"; readonly name: string; readonly values: readonly string[] };

const waysMax = 64;
/** While a rule is read; what is narrowed later may be few again. */
const stepMax = 512;
const ruleLengthMax = 2_000;
const anything: Conjunction = { host: null, path: null, methods: null, headers: [], narrowedBy: [], problem: null };

/** The words of a rule: names with their values, `&&`, `||`, `!`, brackets. Null where it is none. */
function tokensOf(rule: string): readonly Token[] | null {
  const pattern =
    /\s+|&&|\|\||!|\(|\)|([A-Za-z]+)\(\s*((?:`[^`]*`|"(?:[^"\\]|\\.)*")(?:\s*,\s*(?:`[^`]*`|"(?:[^"\\]|\\.)*"))*)?\s*,?\s*\)/gy;
  const tokens: Token[] = [];
  let at = 0;
  while (at < rule.length) {
    pattern.lastIndex = at;
    const found = pattern.exec(rule);
    if (found === null) return null;
    at = pattern.lastIndex;
    const [text, name, values = ""] = found;
    if (text.trim() === "") continue;
    if (name === undefined) tokens.push({ kind: "operator", text });
    else
      tokens.push({
        kind: "term",
        name: name.toLowerCase(),
        values: [...values.matchAll(/`([^`]*)`|"(?:[^"\\]|\\.)*"/g)].map((match) => match[1] ?? unquoted(match[0])),
      });
  }
  return tokens;
}

/** What a text in double quotes says; its escapes are nearly those of JSON. */
function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}

function isPattern(path: string): boolean {
  return /\{[^}]*\}/.test(path);
}

/** What one name says, each of its values being another way. Null where it is unknown. */
function termOf(name: string, values: readonly string[]): readonly Conjunction[] | null {
  const [first] = values;
  if (first === undefined) return null;
  const narrowed = (text: string): readonly Conjunction[] => [{ ...anything, narrowedBy: [text] }];
  switch (name) {
    case "host":
    case "hostheader":
      return values.map((value) => {
        const host = cleanHost(value);
        return host === null
          ? { ...anything, problem: `${value.slice(0, 100)} is no host name` }
          : { ...anything, host };
      });
    case "pathprefix":
    case "path":
      return values.map((path): Conjunction =>
        isPattern(path)
          ? { ...anything, problem: `its path ${path.slice(0, 100)} is a pattern` }
          : !path.startsWith("/")
            ? {
                ...anything,
                problem: `its path ${path.slice(0, 100)} does not begin with a slash, which Traefik refuses`,
              }
            : {
                ...anything,
                path: { type: name === "path" ? "exact" : path === "/" ? "prefix" : "text-prefix", path },
              },
      );
    case "method":
      return [{ ...anything, methods: values.map((value) => value.toUpperCase()) }];
    case "header":
    case "headers":
      return [
        {
          ...anything,
          headers: values.flatMap((name, index) =>
            index % 2 === 0 ? [{ name, value: values[index + 1] ?? null }] : [],
          ),
        },
      ];
    case "headerregexp":
    case "headersregexp":
      return [{ ...anything, headers: [{ name: first, value: null }] }];
    case "hostregexp":
      return [{ ...anything, problem: `its host is the pattern ${first.slice(0, 100)}` }];
    case "pathregexp":
      return [{ ...anything, problem: `its path is the pattern ${first.slice(0, 100)}` }];
    case "clientip":
      return narrowed(`It is for callers from ${values.join(", ").slice(0, 100)}.`);
    case "query":
    case "queryregexp":
      return narrowed(`It is for calls with the query parameter ${first.replace(/=.*$/s, "").slice(0, 100)}.`);
    default:
      return null;
  }
}

/** The narrower of two paths; "none" where no path meets both. */
function bothPaths(left: Conjunction["path"], right: Conjunction["path"]): Conjunction["path"] | "none" {
  if (left === null || right === null) return left ?? right;
  const [wide, narrow] = left.path.length <= right.path.length ? [left, right] : [right, left];
  if (!narrow.path.startsWith(wide.path)) return "none";
  if (narrow.path === wide.path) return wide.type === "exact" ? wide : narrow;
  return wide.type === "exact" ? "none" : narrow;
}

function both(left: Conjunction, right: Conjunction): Conjunction | null {
  if (left.host !== null && right.host !== null && left.host !== right.host) return null;
  const path = bothPaths(left.path, right.path);
  if (path === "none") return null;
  const methods =
    left.methods === null || right.methods === null
      ? (left.methods ?? right.methods)
      : left.methods.filter((method) => right.methods?.includes(method) === true);
  if (methods?.length === 0) return null;
  return {
    host: left.host ?? right.host,
    path,
    methods,
    headers: [...left.headers, ...right.headers],
    narrowedBy: [...left.narrowedBy, ...right.narrowedBy],
    problem: left.problem ?? right.problem,
  };
}

/** Reads a rule by its grammar: `||` of `&&` of terms, negations and brackets. Throws nothing; null where it is no rule. */
class RuleReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  read(): readonly Conjunction[] | null {
    const whole = this.#readAny();
    return this.#at === this.#tokens.length ? whole : null;
  }

  #take(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "operator" || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #readAny(): readonly Conjunction[] | null {
    let ways = this.#readAll();
    while (ways !== null && this.#take("||")) {
      const more = this.#readAll();
      ways = more === null ? null : [...ways, ...more].slice(0, stepMax);
    }
    return ways;
  }

  #readAll(): readonly Conjunction[] | null {
    let ways = this.#readOne();
    while (ways !== null && this.#take("&&")) {
      const more = this.#readOne();
      ways =
        more === null
          ? null
          : ways.flatMap((left) => more.flatMap((right) => both(left, right) ?? [])).slice(0, stepMax);
    }
    return ways;
  }

  #readOne(): readonly Conjunction[] | null {
    if (this.#take("!")) {
      // Twice is not at all.
      if (this.#take("!")) return this.#readOne();
      const inner = this.#readOne();
      return inner === null ? null : [{ ...anything, narrowedBy: ["Its rule leaves some calls out."] }];
    }
    if (this.#take("(")) {
      const inner = this.#readAny();
      return inner !== null && this.#take(")") ? inner : null;
    }
    const token = this.#tokens[this.#at];
    if (token?.kind !== "term") return null;
    this.#at += 1;
    return termOf(token.name, token.values)?.slice(0, stepMax) ?? null;
  }
}

/**
 * What a rule of Traefik's says of hosts and paths ("Host(`a`) && PathPrefix(`/b`)"), one entry for each way to meet it.
 * PathPrefix goes by the text that a path begins with. What cannot be told as a URL has a `problem`; null where it is no rule.
 */
export function parseTraefikRule(rule: string): readonly RuleWay[] | null {
  if (rule.length > ruleLengthMax) return null;
  const tokens = tokensOf(rule);
  const ways = tokens === null || tokens.length === 0 ? null : new RuleReader(tokens).read();
  return (
    ways?.slice(0, waysMax).map(({ host, path, methods, headers, narrowedBy, problem }) => ({
      host: host ?? "*",
      match: {
        type: path?.type ?? "prefix",
        path: path?.path ?? "/",
        methods,
        headers: requiredHeaders(headers),
        narrowedBy: narrowedBy[0] ?? null,
      },
      problem,
    })) ?? null
  );
}
