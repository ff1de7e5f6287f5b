import { z } from "zod";

const entry = z.looseObject({
  level: z.number(),
  msg: z.string().default(""),
  err: z.looseObject({ message: z.string() }).optional(),
});

/** One line of a child's log as a person reads it: "controller: warning: …" instead of JSON; other lines keep their words. */
export function readableLine(name: string, line: string): string {
  if (!line.startsWith("{")) return `${name}: ${line}`;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return `${name}: ${line}`;
  }
  const parsed = entry.safeParse(value);
  if (!parsed.success) return `${name}: ${line}`;
  const { level, msg, err } = parsed.data;
  const mark = level >= 50 ? "error: " : level >= 40 ? "warning: " : "";
  return `${name}: ${mark}${[msg, err?.message].filter((part) => part !== undefined && part !== "").join(": ")}`;
}
