import type { z } from "zod";

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== "object" || current === null) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}

/** What Pydantic would say of a body that does not fit: one entry an error, each with its place. */
export function validationErrors(error: z.ZodError, body: unknown): readonly unknown[] {
  return error.issues.map((issue) => {
    const input = at(body, issue.path);
    const missing = issue.code === "invalid_type" && input === undefined;
    return {
      type: missing ? "missing" : issue.code,
      loc: ["body", ...issue.path],
      msg: missing ? "Field required" : issue.message,
      input: missing ? (at(body, issue.path.slice(0, -1)) ?? null) : (input ?? null),
    };
  });
}
