import { describe, expect, it } from "vitest";
import type { KindList, KubeObject } from "../kube/index.ts";
import { discover } from "./discover.ts";
import type { World } from "./discover.ts";
import { gateway, model, route, worldOf } from "./testdata/world.ts";

const yaml = [model("churn"), gateway(), route("churn", "{ backendRefs: [{ name: churn, port: 80 }] }")].join(
  "\n---\n",
);

/** The same lists with other objects in them, as a reader's are after a change. */
function changing(world: World): {
  readonly world: World;
  readonly change: (kind: string, to: (object: KubeObject) => KubeObject) => void;
} {
  const held = new Map(world.lists.map((list) => [list, list.objects()]));
  const lists = world.lists.map((list): KindList => ({ ...list, objects: () => held.get(list) ?? [] }));
  return {
    world: { ...world, lists },
    change: (kind, to) => {
      for (const list of world.lists) if (list.ref.kind === kind) held.set(list, (held.get(list) ?? []).map(to));
    },
  };
}

function annotated(object: KubeObject, name: string, text: string): KubeObject {
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, [name]: text } } };
}

describe("what is found again", () => {
  it("is the very same answer while no object changes", () => {
    const { world } = changing(worldOf(yaml));
    expect(discover(world)).toBe(discover(world));
  });

  it("is the very same answer where an object changes in what nobody reads", () => {
    const { world, change } = changing(worldOf(yaml));
    const before = discover(world);
    change("Service", (object) => ({ ...object, metadata: { ...object.metadata, resourceVersion: "2" }, other: 1 }));
    expect(discover(world)).toBe(before);
  });

  it("is another answer where an object says something else", () => {
    const { world, change } = changing(worldOf(yaml));
    const before = discover(world);
    change("Service", (object) => annotated(object, "gatebook.dev/title", "Churn of customers"));
    expect(discover(world).apis.map(({ title }) => title)).toEqual(["Churn of customers"]);
    expect(before.apis.map(({ title }) => title)).toEqual([null]);
  });

  it("is another answer where a list is not current any more", () => {
    const { world } = changing(worldOf(yaml));
    const before = discover(world);
    const [first, ...rest] = world.lists;
    if (first === undefined) throw new Error("There is no list.");
    let isStale = false;
    const list: KindList = {
      ...first,
      state: () => (isStale ? { kind: "stale", reason: "unreachable", message: "" } : first.state()),
    };
    const again = { ...world, lists: [list, ...rest] };
    expect(discover(again)).toEqual(before);
    isStale = true;
    expect(discover(again).staleKinds).toEqual([first.ref.kind]);
  });

  it("passes on the status of an ApiDescription and finds no API anew for it", () => {
    const description = `{ apiVersion: gatebook.dev/v1alpha1, kind: ApiDescription, metadata: { name: churn, namespace: team, uid: u }, spec: { targetRefs: [{ kind: Service, name: churn }] } }`;
    const { world, change } = changing(worldOf([yaml, description].join("\n---\n")));
    const before = discover(world);
    change("ApiDescription", (object) => ({ ...object, status: { portalUrl: "https://portal.test" } }));
    const after = discover(world);
    expect(after.apis).toBe(before.apis);
    expect(after.descriptions.map(({ status }) => status)).toEqual([{ portalUrl: "https://portal.test" }]);
    expect(discover(world)).toBe(after);
  });
});
