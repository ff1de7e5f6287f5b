import type { ApiSummary } from "../contract/index.ts";
import type { Visibility } from "../model/index.ts";

/** Visibility with lists that the contract's type can hold. */
export function showVisibility(visibility: Visibility): ApiSummary["visibility"] {
  return visibility.kind === "groups" ? { kind: "groups", groups: [...visibility.groups] } : visibility;
}
