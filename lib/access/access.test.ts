import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anonymous } from "../model/index.ts";
import type { Viewer, Visibility, VisibilityFilter } from "../model/index.ts";
import { canFollow, canOwn, canPublish, canSee, canTry, roleOf, visibilityFilter } from "./index.ts";
import type { AccessTarget } from "./index.ts";

const group = fc.constantFrom("apps", "fraud", "search", "platform");
const groups = fc.uniqueArray(group, { maxLength: 3 });
const role = fc.constantFrom("consumer", "owner", "admin");
const viewers: fc.Arbitrary<Viewer> = fc.oneof(
  fc.constant(anonymous),
  fc
    .record({ role, groups, via: fc.constantFrom("session", "token") })
    .map((given) => ({ kind: "person", userId: "u", name: "U", email: null, ...given }) as const),
  fc.record({ role, groups }).map((given) => ({ kind: "machine", tokenId: "t", name: "T", ...given }) as const),
);
const visibilities: fc.Arbitrary<Visibility> = fc.oneof(
  fc.constant({ kind: "public" } as const),
  fc.constant({ kind: "signed-in" } as const),
  fc.uniqueArray(group, { minLength: 1, maxLength: 3 }).map((given) => ({ kind: "groups", groups: given }) as const),
);
const targets: fc.Arbitrary<AccessTarget> = fc.record({ visibility: visibilities, owner: fc.option(group) });

/** What the store's SQL says, in the words of the filter. */
function admits(filter: VisibilityFilter, target: AccessTarget): boolean {
  if (filter.kind === "everything") return true;
  const named = [target.owner, ...(target.visibility.kind === "groups" ? target.visibility.groups : [])];
  return (
    target.visibility.kind === "public" ||
    (filter.signedIn && target.visibility.kind === "signed-in") ||
    filter.groups.some((name) => named.includes(name))
  );
}

describe("seeing", () => {
  test("the filter and the function are one rule", () => {
    fc.assert(
      fc.property(viewers, targets, (viewer, target) => {
        expect(admits(visibilityFilter(viewer), target)).toBe(canSee(viewer, target));
      }),
    );
  });

  test("nobody known sees what is public and nothing else", () => {
    fc.assert(
      fc.property(targets, (target) => {
        expect(canSee(anonymous, target)).toBe(target.visibility.kind === "public");
      }),
    );
  });

  test("what one may own one may see", () => {
    fc.assert(fc.property(viewers, targets, (viewer, target) => !canOwn(viewer, target) || canSee(viewer, target)));
  });

  test("a further group never hides anything", () => {
    fc.assert(
      fc.property(viewers, targets, group, (viewer, target, further) => {
        if (viewer.kind === "anonymous") return;
        const more = { ...viewer, groups: [...viewer.groups, further] };
        expect(canSee(more, target) || !canSee(viewer, target)).toBe(true);
      }),
    );
  });
});

describe("acting", () => {
  test("whoever may publish owns it, and a refusal says why", () => {
    fc.assert(
      fc.property(viewers, targets, fc.boolean(), (viewer, target, retired) => {
        const decision = canPublish(viewer, { ...target, retired });
        expect(decision.allowed).toBe(canOwn(viewer, target) && !retired);
        expect(decision.reason === null).toBe(decision.allowed);
      }),
    );
  });

  test("a machine owns only with the role for it", () => {
    const machine = { kind: "machine", tokenId: "t", name: "T", role: "consumer", groups: ["fraud"] } as const;
    const target = { owner: "fraud", visibility: { kind: "signed-in" } } as const;
    expect(canOwn(machine, target)).toBe(false);
    expect(canOwn({ ...machine, role: "owner" }, target)).toBe(true);
  });

  test("nobody known tries nothing, and nobody tries what has no public address", () => {
    expect(canTry(anonymous, { retired: false, callable: true }).allowed).toBe(false);
    fc.assert(fc.property(viewers, (viewer) => !canTry(viewer, { retired: false, callable: false }).allowed));
  });

  test("only persons follow", () => {
    fc.assert(fc.property(viewers, (viewer) => canFollow(viewer).allowed === (viewer.kind === "person")));
  });
});

test.each([
  { groups: ["platform"], ownsSomething: false, role: "admin" },
  { groups: ["fraud"], ownsSomething: true, role: "owner" },
  { groups: ["fraud"], ownsSomething: false, role: "consumer" },
  { groups: [], ownsSomething: false, role: "consumer" },
])(
  "groups $groups, owning: $ownsSomething, make the role $role",
  ({ groups: given, ownsSomething, role: expected }) => {
    expect(roleOf({ groups: given, adminGroups: ["platform"], ownsSomething })).toBe(expected);
  },
);
