import { readFileSync } from "node:fs";
import type { z } from "zod";
import { GatebookError } from "../base/index.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Replaces `X_FILE` by `X` with the file's content, one trailing newline cut; an unreadable file is a problem of its own. */
function withFiles(variables: Variables, names: readonly string[], problems: string[]): Variables {
  const result: Record<string, string | undefined> = { ...variables };
  for (const name of names) {
    const path = variables[`${name}_FILE`];
    if (path === undefined || path === "") continue;
    if (variables[name] !== undefined) {
      problems.push(`${name} and ${name}_FILE are both set: keep one.`);
      continue;
    }
    try {
      result[name] = readFileSync(path, "utf8").replace(/\r?\n$/, "");
    } catch (cause) {
      problems.push(
        `${name}_FILE names ${path}, which cannot be read (${cause instanceof Error ? cause.message : "unknown error"}).`,
      );
    }
  }
  return result;
}

/**
 * Parses the settings of one role. An empty variable counts as unset.
 * Throws a `GatebookError` of code "configuration" that lists every problem, one a line.
 */
export function readSettings<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  variables: Variables = process.env,
): z.infer<z.ZodObject<Shape>> {
  const names = Object.keys(schema.shape);
  const problems: string[] = [];
  const given = withFiles(variables, names, problems);
  const present = Object.fromEntries(names.map((name) => [name, given[name] === "" ? undefined : given[name]]));
  const parsed = schema.safeParse(present);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = issue.path.join(".");
      problems.push(present[name] === undefined ? `${name} is not set.` : `${name}: ${issue.message}.`);
    }
  }
  if (problems.length > 0 || !parsed.success) {
    throw new GatebookError({ code: "configuration", message: problems.join("\n") });
  }
  return parsed.data;
}
