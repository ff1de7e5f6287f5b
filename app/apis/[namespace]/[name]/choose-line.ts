import { notFound } from "next/navigation";
import type { ApiDetail } from "@/lib/contract/index.ts";

type Line = ApiDetail["lines"][number];

/** The line of versions that a page's address names, the API's own where it names none; "not found" for one that it does not have. */
export function chooseLine(
  api: Pick<ApiDetail, "lines">,
  asked: string | undefined,
): { readonly line: string | undefined; readonly lineFacts: Pick<Line, "currentVersion" | "upcomingVersion"> } {
  const [own] = api.lines;
  const chosen = asked === undefined ? own : api.lines.find(({ name }) => name === asked);
  if (chosen === undefined && asked !== undefined) notFound();
  return {
    line: chosen === own ? undefined : chosen?.name,
    lineFacts: chosen ?? { currentVersion: null, upcomingVersion: null },
  };
}
