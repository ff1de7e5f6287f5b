import type { Release } from "../contract/index.ts";
import type { Change } from "../model/index.ts";

/** A change with lists that the contract's type can hold. */
export function showChange(change: Change): Release["changes"][number] {
  return { ...change, usedBy: change.usedBy.map((use) => ({ ...use })) };
}
