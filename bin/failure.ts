import { GatebookError } from "../lib/base/index.ts";

/** Exit codes of the command line (DESIGN §14): 1 for what failed while running, 2 for what has to be set otherwise. */
export const exitCodes = { failed: 1, usage: 2 } as const;

/** A setting that is missing, broken or at odds with another: the person has to change something. */
export function settingProblem(message: string): GatebookError {
  return new GatebookError({ code: "configuration", message });
}

/** Something outside does not answer as it must. */
export function unavailable(message: string, cause?: unknown): GatebookError {
  return new GatebookError({ code: "unavailable", message, cause });
}

/** The innermost reason in a few words: "connection refused" instead of a driver's prose. */
export function reasonOf(err: unknown): string {
  let current = err;
  let message = "unknown error";
  for (let depth = 0; depth < 8 && current !== null && current !== undefined; depth += 1) {
    if (current instanceof AggregateError && current.errors.length > 0) {
      current = current.errors[0];
      continue;
    }
    if (!(current instanceof Error)) break;
    if (current.message !== "") message = current.message;
    if (current.cause === undefined) break;
    current = current.cause;
  }
  return message.trim().split("\n").at(-1)?.trim() ?? message;
}

/** One message for a person, and the exit code; a stack only where the fault is ours and `debug` asks for it. */
export function explainFailure(err: unknown, debug: boolean): { readonly message: string; readonly exitCode: number } {
  if (err instanceof GatebookError) {
    const problems = err.message.split("\n");
    const message =
      err.code === "configuration" && problems.length > 1
        ? `These settings have to be changed:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`
        : err.message;
    return { message, exitCode: err.code === "configuration" ? exitCodes.usage : exitCodes.failed };
  }
  if (err instanceof Error && "code" in err && err.code === "EADDRINUSE" && "port" in err) {
    return { message: `Port ${String(err.port)} is taken by another program.`, exitCode: exitCodes.failed };
  }
  const message = debug && err instanceof Error ? (err.stack ?? err.message) : reasonOf(err);
  return { message, exitCode: exitCodes.failed };
}
