import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import type { TestCluster } from "./cluster.ts";
import { isRecord, parseObjects } from "./cluster-client.ts";
import type { TestObject } from "./cluster-client.ts";

export const deployFolder = path.join(import.meta.dirname, "../../deploy");

/** What a file of `deploy/` holds, or every file of a folder of it, but for kustomizations. */
export function readDeployed(place: string): TestObject[] {
  const whole = path.join(deployFolder, place);
  const files = place.endsWith(".yaml")
    ? [whole]
    : readdirSync(whole)
        .filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml")
        .map((name) => path.join(whole, name));
  return files.flatMap((file) => parseObjects(readFileSync(file, "utf8")));
}

/**
 * The account that the deployed controller runs with, by what `deploy/` says: its service account, the ClusterRole and the
 * binding; no right beside them. Returns a kubeconfig with a token that the API server made for it.
 */
export async function deployAccount(cluster: TestCluster): Promise<{ readonly kubeconfigPath: string }> {
  for (const file of ["namespace", "service-accounts", "cluster-role", "cluster-role-binding"])
    await cluster.apply(readDeployed(`${file}.yaml`));
  const answer = await cluster.send("POST", "/api/v1/namespaces/gatebook/serviceaccounts/gatebook-controller/token", {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { expirationSeconds: 3600 },
  });
  const status = isRecord(answer.body) && isRecord(answer.body["status"]) ? answer.body["status"] : {};
  const token = status["token"];
  if (typeof token !== "string") throw new Error(`No token for the account: ${JSON.stringify(answer.body)}`);
  return { kubeconfigPath: cluster.writeKubeconfig("gatebook-controller", token) };
}
