import { describe, expect, test } from "vitest";
import { createHeldList } from "./held-list.ts";
import type { KindRef } from "./kind-ref.ts";
import type { KubeObject } from "./kube-object.ts";

const ref: KindRef = { group: "", kind: "Service", plural: "services", versions: ["v1"], namespaced: true };

function makeObject(name: string, resourceVersion: string, uid = name): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "n", uid, resourceVersion, labels: {}, annotations: {}, ownerReferences: [] },
  };
}

function open() {
  let changes = 0;
  const held = createHeldList({
    ref,
    clock: () => new Date(0),
    onChange() {
      changes += 1;
    },
  });
  return { held, countChanges: () => changes };
}

describe("createHeldList", () => {
  test("keeps the identity of objects and tells nobody where a new list says the same", () => {
    const { held, countChanges } = open();
    held.replaceAll([makeObject("a", "1"), makeObject("b", "2")]);
    const [before, count] = [held.list.objects(), countChanges()];
    held.replaceAll([makeObject("a", "1"), makeObject("b", "2")]);
    held.put(makeObject("a", "1"));
    expect(held.list.objects()).toBe(before);
    expect(countChanges()).toBe(count);
  });

  test("changes an object that has another version or is another under the same name", () => {
    const { held } = open();
    held.replaceAll([makeObject("a", "1"), makeObject("b", "2")]);
    const [a, b] = [held.list.get("n", "a"), held.list.get("n", "b")];
    held.replaceAll([makeObject("a", "3"), makeObject("b", "2", "another")]);
    expect(held.list.get("n", "a")).not.toBe(a);
    expect(held.list.get("n", "b")).not.toBe(b);
  });

  test("lets go what a new list does not have", () => {
    const { held } = open();
    held.replaceAll([makeObject("a", "1"), makeObject("b", "2")]);
    held.replaceAll([makeObject("c", "3"), makeObject("b", "2")]);
    expect(held.list.objects().map((object) => object.metadata.name)).toEqual(["c", "b"]);
  });

  test("tells of a state once", () => {
    const { held, countChanges } = open();
    expect(held.list.state()).toMatchObject({ kind: "stale", reason: "starting" });
    held.setState({ kind: "stale", reason: "unreachable", message: "gone" });
    held.setState({ kind: "stale", reason: "unreachable", message: "gone" });
    expect(countChanges()).toBe(1);
  });
});
