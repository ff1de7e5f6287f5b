import type { Viewer } from "../model/index.ts";
import { listOperations as operationsOf } from "../spec/index.ts";
import type { VersionSelector } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import type { LineChoice } from "./line-of.ts";
import { getDescription } from "./get-description.ts";

/** The operations of a version as consumers call them: public paths, only what a route reaches. */
export async function listOperations(
  deps: ViewDeps,
  viewer: Viewer,
  id: string,
  selector: VersionSelector,
  { line }: LineChoice = {},
) {
  const description = await getDescription(deps, viewer, id, selector, { view: "public", line });
  if (description === null) return null;
  return {
    items: operationsOf(description.document).map((operation) => ({ ...operation, tags: [...operation.tags] })),
  };
}
