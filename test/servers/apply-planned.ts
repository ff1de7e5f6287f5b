import type { TestCluster } from "../integration/cluster.ts";
import type { TestObject } from "../integration/cluster-client.ts";
import type { PlannedObject } from "./server-case.ts";

async function ownerOf(cluster: TestCluster, controller: TestObject): Promise<Record<string, unknown>> {
  const { apiVersion, kind, metadata } = controller;
  const uid = (await cluster.get(controller))?.metadata["uid"];
  if (typeof uid !== "string") throw new Error(`${kind} ${metadata.name} is not there yet and cannot own anything.`);
  return { apiVersion, kind, name: metadata.name, uid, controller: true, blockOwnerDeletion: true };
}

/** Applies objects in their order, each with the reference to its controller that a real one would have. */
export async function applyPlanned(cluster: TestCluster, planned: readonly PlannedObject[]): Promise<void> {
  for (const { object, controller } of planned) {
    const owners = controller === undefined ? {} : { ownerReferences: [await ownerOf(cluster, controller)] };
    await cluster.apply([{ ...object, metadata: { ...object.metadata, ...owners } }]);
  }
}
