import { randomUUID } from "node:crypto";
import { formatKind } from "../lib/kube/index.ts";
import { watchedKinds } from "../lib/sources/index.ts";
import type { TestObject } from "../test/integration/cluster-client.ts";

const madeAt = "2026-01-01T00:00:00Z";

/** Where the API server keeps its own kinds, where that is not below their plural. */
const ownPlaces: Readonly<Record<string, string>> = { Service: "services/specs", Ingress: "ingress" };
const ownGroups = new Set(["", "apps", "batch", "autoscaling", "discovery.k8s.io", "networking.k8s.io"]);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The fields of an object as server-side apply writes down whose they are. */
function fieldSet(value: unknown): unknown {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [`f:${name}`, fieldSet(inner)]));
}

/** The key of an object in etcd. */
function keyOf({ apiVersion, kind, metadata }: TestObject): string {
  const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  const place = metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
  if (kind === "IPAddress") return `/registry/ipaddresses/${place}`;
  const ref = watchedKinds.find((known) => known.group === group && known.kind === kind);
  if (ref === undefined) throw new Error(`No source reads ${formatKind({ ...emptyRef, group, plural: kind })}.`);
  const own = ownPlaces[kind] ?? ref.plural;
  return `/registry/${ownGroups.has(group) ? own : `${group}/${ref.plural}`}/${place}`;
}

const emptyRef = { group: "", kind: "", plural: "", versions: [], namespaced: true };

/** An object with all that an API server and `kubectl apply` add to it, under its key in etcd. */
export function storedObject(object: TestObject): readonly [string, unknown] {
  const { status, ...applied } = object;
  const owner = (manager: string, fields: unknown, subresource?: string): unknown => ({
    manager,
    operation: "Update",
    apiVersion: object.apiVersion,
    time: madeAt,
    fieldsType: "FieldsV1",
    fieldsV1: fieldSet(fields),
    ...(subresource === undefined ? {} : { subresource }),
  });
  const annotations = object.metadata["annotations"];
  return [
    keyOf(object),
    {
      ...object,
      metadata: {
        ...object.metadata,
        uid: randomUUID(),
        generation: 1,
        creationTimestamp: madeAt,
        annotations: {
          ...(isObject(annotations) ? annotations : {}),
          "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify(applied),
        },
        managedFields: [
          owner("kubectl-client-side-apply", applied),
          ...(status === undefined ? [] : [owner("controller", { status }, "status")]),
        ],
      },
    },
  ];
}
