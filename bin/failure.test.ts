import { expect, test } from "vitest";
import { GatebookError } from "../lib/base/index.ts";
import { explainFailure, reasonOf, settingProblem } from "./failure.ts";

test("lists broken settings one a line, with the exit code for usage", () => {
  const { message, exitCode } = explainFailure(settingProblem("A is not set.\nB is not set."), false);
  expect(message.split("\n")).toHaveLength(3);
  expect(exitCode).toBe(2);
});

test("says the innermost reason and no stack", () => {
  const cause = new AggregateError([new Error("connect ECONNREFUSED 127.0.0.1:5432")], "");
  const err = new Error("Invalid invocation\nin a file\n\nwith much prose", { cause });
  expect(reasonOf(err)).toBe("connect ECONNREFUSED 127.0.0.1:5432");
  expect(explainFailure(err, false).message).not.toContain("at ");
});

test("fails with 1 for what is not a setting", () => {
  expect(explainFailure(new GatebookError({ code: "unavailable", message: "gone" }), false)).toEqual({
    message: "gone",
    exitCode: 1,
  });
});
