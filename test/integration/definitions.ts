import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { KindRef } from "../../lib/kube/index.ts";
import { formatKind } from "../../lib/kube/index.ts";
import type { TestObject } from "./cluster-client.ts";
import { parseObjects } from "./cluster-client.ts";

/** The kinds outside of Kubernetes itself that discovery reads, for clusters that have them installed. */
export const gatewayAndKserveKinds: readonly KindRef[] = [
  {
    group: "gateway.networking.k8s.io",
    kind: "GatewayClass",
    plural: "gatewayclasses",
    versions: ["v1", "v1beta1"],
    namespaced: false,
  },
  {
    group: "gateway.networking.k8s.io",
    kind: "Gateway",
    plural: "gateways",
    versions: ["v1", "v1beta1"],
    namespaced: true,
  },
  {
    group: "gateway.networking.k8s.io",
    kind: "HTTPRoute",
    plural: "httproutes",
    versions: ["v1", "v1beta1"],
    namespaced: true,
  },
  {
    group: "gateway.networking.k8s.io",
    kind: "ReferenceGrant",
    plural: "referencegrants",
    versions: ["v1", "v1beta1"],
    namespaced: true,
  },
  {
    group: "serving.kserve.io",
    kind: "InferenceService",
    plural: "inferenceservices",
    versions: ["v1beta1"],
    namespaced: true,
  },
];

/** A definition that accepts anything in spec and status, for a clone that has no others at hand. */
export function makePermissiveDefinition(ref: KindRef): TestObject {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: {
      name: formatKind(ref),
      // Groups below k8s.io are reserved unless somebody says that this is known.
      annotations: { "api-approved.kubernetes.io": "unapproved, for tests" },
    },
    spec: {
      group: ref.group,
      scope: ref.namespaced ? "Namespaced" : "Cluster",
      names: { kind: ref.kind, plural: ref.plural, singular: ref.kind.toLowerCase(), listKind: `${ref.kind}List` },
      versions: ref.versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      })),
    },
  };
}

/** The real definitions, where the folder that holds them is there (`<GATEBOOK_SHARED>/crds/<project>/<plural>.<group>.yaml`). */
function findRealDefinition(ref: KindRef): TestObject | null {
  if (ref.group === "gatebook.dev") {
    const own = path.join(import.meta.dirname, "../../deploy/crds", `${formatKind(ref)}.yaml`);
    return parseObjects(readFileSync(own, "utf8"))[0] ?? null;
  }
  const folder = path.join(process.env["GATEBOOK_SHARED"] ?? "../shared", "crds");
  let projects: string[];
  try {
    projects = readdirSync(folder);
  } catch {
    return null;
  }
  for (const project of projects) {
    try {
      const text = readFileSync(path.join(folder, project, `${formatKind(ref)}.yaml`), "utf8");
      return parseObjects(text)[0] ?? null;
    } catch {
      // This project does not define the kind.
    }
  }
  return null;
}

/** Definitions of the given kinds: the real ones where they are at hand, else permissive ones. */
export function makeDefinitions(kinds: readonly KindRef[]): TestObject[] {
  return kinds
    .filter((ref) => ref.group.includes("."))
    .map((ref) => findRealDefinition(ref) ?? makePermissiveDefinition(ref));
}
