import type { Change, Description, HttpMethod } from "../model/index.ts";
import { readOperations } from "../spec/index.ts";

/** An operation as a consumer names it: by the path of the description, or by one that they call. */
export type UsedOperation = { readonly method: HttpMethod; readonly path: string };

/** What a revision means to one consumer. */
export type ConsumerVerdict = {
  readonly verdict: "must-change" | "should-check" | "nothing-to-do";
  /** One sentence that says why. */
  readonly why: string;
  /** The changes that touch what they use, worst first. */
  readonly changes: readonly Change[];
  /** What they say that they use and the older description does not have. */
  readonly unknown: readonly UsedOperation[];
};

/** Going with a word beforehand breaks no promise, and yet whoever still calls it. */
const departures = new Set(["api-removed-with-deprecation", "api-deprecated-removed-without-sunset"]);

function segmentsOf(path: string): readonly string[] {
  return path
    .replace(/[?#].*$/s, "")
    .replace(/\/+$/, "")
    .split("/");
}

/** Whether a path is the template, whatever its parameters are called, or one that it takes. */
function isOf(path: string, template: string): boolean {
  const [own, wanted] = [segmentsOf(path), segmentsOf(template)];
  return (
    own.length === wanted.length &&
    wanted.every((segment, at) => {
      const text = own[at] ?? "";
      const [from, to] = [segment.indexOf("{"), segment.lastIndexOf("}")];
      if (from === -1 || to < from) return segment === text;
      const [prefix, suffix] = [segment.slice(0, from), segment.slice(to + 1)];
      return text.length > prefix.length + suffix.length && text.startsWith(prefix) && text.endsWith(suffix);
    })
  );
}

function say({ method, path }: UsedOperation): string {
  return `${method.toUpperCase()} ${path}`;
}

function count(changes: readonly Change[], what: string): string {
  return `${String(changes.length)} ${what}${changes.length === 1 ? "" : "s"}`;
}

/**
 * What changes mean to whoever uses these operations and no others (DIFF §6.1.7). A change without an operation is of the whole
 * description, and touches everybody. `changes` are those from `base` to what comes after it.
 */
export function judgeConsumer(
  base: Description,
  changes: readonly Change[],
  used: readonly UsedOperation[],
): ConsumerVerdict {
  const known = [...readOperations(base.document, "paths").values()];
  const templates = used.map((own) => {
    const fitting = known.filter(({ method, path }) => method === own.method && isOf(own.path, path));
    // Of /m/{id} and /m/new, which both take it, a path that is written out is the latter.
    return { own, template: fitting.find(({ path }) => !path.includes("{")) ?? fitting[0] };
  });
  const unknown = templates.filter(({ template }) => template === undefined).map(({ own }) => own);
  const touches = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
    templates.some(({ template }) => template?.method === method && isOf(path, template.path));
  const touched = changes.filter(
    ({ method, path, usedBy }) =>
      (usedBy.length === 0 && method === null) ||
      usedBy.some(touches) ||
      (method !== null && path !== null && touches({ method, path })),
  );
  const breaking = touched.filter(({ level, id }) => level === "breaking" || departures.has(id));
  const risky = touched.filter(({ level }) => level === "risky");
  const [worst] = breaking;
  if (worst !== undefined)
    return {
      verdict: "must-change",
      why: `${count(breaking, "breaking change")} of what you use: ${worst.message}`,
      changes: touched,
      unknown,
    };
  const [doubtful] = risky;
  if (doubtful !== undefined)
    return {
      verdict: "should-check",
      why: `Nothing that you use breaks for certain, ${count(risky, "change")} you have to look at: ${doubtful.message}`,
      changes: touched,
      unknown,
    };
  if (unknown.length > 0)
    return {
      verdict: "should-check",
      why: `The older description does not have ${unknown.map(say).join(", ")}, so nothing can be said of it.`,
      changes: touched,
      unknown,
    };
  return {
    verdict: "nothing-to-do",
    why:
      touched.length === 0
        ? "Nothing that you use has changed."
        : `${count(touched, "compatible change")} of what you use.`,
    changes: touched,
    unknown,
  };
}
