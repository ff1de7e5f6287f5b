import type { Role } from "../model/index.ts";

/** The role that follows from a person's groups: admin by setting, owner by owning something, else consumer. */
export function roleOf(options: {
  readonly groups: readonly string[];
  readonly adminGroups: readonly string[];
  /** True where an API names one of the groups as its owner. */
  readonly ownsSomething: boolean;
}): Role {
  if (options.groups.some((group) => options.adminGroups.includes(group))) return "admin";
  return options.ownsSomething ? "owner" : "consumer";
}
