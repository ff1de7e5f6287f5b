import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { watchedKinds } from "../../lib/sources/index.ts";
import { startCluster } from "./cluster.ts";
import type { TestCluster } from "./cluster.ts";
import { isRecord } from "./cluster-client.ts";
import { makeDefinitions } from "./definitions.ts";
import { deployAccount, deployFolder, readDeployed } from "./deployed-account.ts";

const kustomizationSchema = z.looseObject({ resources: z.array(z.string()) });
let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startCluster();
  // What the manifests themselves need; rights can be asked for before their kinds are there.
  await cluster.apply(makeDefinitions(watchedKinds.filter(({ kind }) => kind === "HTTPRoute")));
}, 300_000);

afterAll(async () => {
  await cluster.stop();
});

/** Whether the deployed controller may do it, in the API server's own words. */
async function mayController(verb: string, group: string, resource: string, subresource = ""): Promise<boolean> {
  const answer = await cluster.send("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SubjectAccessReview",
    spec: {
      user: "system:serviceaccount:gatebook:gatebook-controller",
      groups: ["system:serviceaccounts", "system:serviceaccounts:gatebook", "system:authenticated"],
      resourceAttributes: { verb, group, resource, subresource, namespace: "team-a" },
    },
  });
  if (!isRecord(answer.body) || !isRecord(answer.body["status"])) throw new Error(JSON.stringify(answer.body));
  return answer.body["status"]["allowed"] === true;
}

describe("the manifests of an installation", () => {
  it("are accepted by a real API server, every field of every object", async () => {
    const objects = ["crds", ".", "migrate", "examples"].flatMap(readDeployed);
    expect(objects.length).toBeGreaterThan(20);
    // Strict: an unknown or doubled field is refused, and so is what the schema does not allow.
    await cluster.apply(objects);
    for (const object of objects) expect(await cluster.get(object), object.metadata.name).not.toBeNull();
  });

  it("are all named by the kustomization, but for the secret that only shows what to make", () => {
    const listed = kustomizationSchema.parse(
      parse(readFileSync(path.join(deployFolder, "kustomization.yaml"), "utf8")),
    );
    const files = ["", "crds"].flatMap((folder) =>
      readdirSync(path.join(deployFolder, folder))
        .filter((name) => name.endsWith(".yaml") && !["kustomization.yaml", "secret.example.yaml"].includes(name))
        .map((name) => path.join(folder, name)),
    );
    expect([...listed.resources].sort()).toEqual(files.sort());
  });

  it("let the controller read what is watched, and write nothing but the status of its own kind", async () => {
    await deployAccount(cluster);
    for (const { group, plural } of watchedKinds)
      for (const verb of ["get", "list", "watch"])
        expect(await mayController(verb, group, plural), `${verb} ${plural}.${group}`).toBe(true);
    for (const { group, plural } of watchedKinds)
      for (const verb of ["create", "update", "patch", "delete"])
        expect(await mayController(verb, group, plural), `${verb} ${plural}.${group}`).toBe(false);
    expect(await mayController("patch", "gatebook.dev", "apidescriptions", "status")).toBe(true);
    for (const resource of ["secrets", "configmaps"]) expect(await mayController("get", "", resource)).toBe(false);
    for (const subresource of ["exec", "proxy", "log", "portforward"])
      expect(await mayController("create", "", "pods", subresource)).toBe(false);
  });
});
