import type { Refusal } from "../acts/index.ts";
import { notFoundResponse, problemResponse } from "./problem.ts";

/** What HTTP says to an act that was refused. */
export function refusalResponse(refusal: Refusal): Response {
  if (refusal.code === "not-found") return notFoundResponse();
  const problems = refusal.problems?.map((problem) => ({ ...problem }));
  return problemResponse(refusal.code, refusal.reason, problems === undefined ? {} : { problems });
}
