import type { KindRef } from "../kube/index.ts";
import type { Backend, IngressObservation, RouteMatch } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, numberOf, textOf, textsOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "networking.k8s.io",
  kind: "Ingress",
  plural: "ingresses",
  versions: ["v1"],
  namespaced: true,
};

function backendOf(raw: unknown, namespace: string): Backend | null {
  const service = fieldsOf(fieldsOf(raw)["service"]);
  const name = textOf(service["name"]);
  if (name === null) return null;
  const port = fieldsOf(service["port"]);
  return {
    group: "",
    kind: "Service",
    namespace,
    name,
    port: textOf(port["name"]) ?? numberOf(port["number"]),
    weight: 1,
    subset: null,
  };
}

function matchOf(type: unknown, path: string): RouteMatch {
  return { type: type === "Exact" ? "exact" : "prefix", path, method: null, headers: [], narrowed: false };
}

/**
 * @source ingress
 * @kind networking.k8s.io/v1 Ingress
 */
export const ingressSource: Source<IngressObservation> = {
  kind,
  reads: "rules with hosts and paths, the default backend, tls hosts; status.loadBalancer.ingress",
  limits: "200 rules of 200 paths. ImplementationSpecific counts as a prefix.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const namespace = object.metadata.namespace ?? "";
    const hosts = listOf(spec["rules"], 200).map((raw) => {
      const rule = fieldsOf(raw);
      const paths = listOf(fieldsOf(rule["http"])["paths"], 200).flatMap((entry) => {
        const path = fieldsOf(entry);
        const backend = backendOf(path["backend"], namespace);
        return backend === null ? [] : [{ match: matchOf(path["pathType"], textOf(path["path"]) ?? "/"), backend }];
      });
      return { host: textOf(rule["host"])?.toLowerCase() ?? null, paths };
    });
    const rest = backendOf(spec["defaultBackend"], namespace);
    return {
      ...observedOf(kind, object),
      hosts:
        rest === null ? hosts : [...hosts, { host: null, paths: [{ match: matchOf("Prefix", "/"), backend: rest }] }],
      tlsHosts: listOf(spec["tls"], 100).flatMap((raw) => textsOf(fieldsOf(raw)["hosts"], 100)),
      loadBalancer: listOf(fieldsOf(fieldsOf(object["status"])["loadBalancer"])["ingress"], 16).flatMap((raw) => {
        const entry = fieldsOf(raw);
        const host = textOf(entry["hostname"]) ?? textOf(entry["ip"]);
        const ports = listOf(entry["ports"], 16).map((port) => numberOf(fieldsOf(port)["port"]) ?? 0);
        return host === null ? [] : [{ host, ports: ports.filter((port) => port > 0) }];
      }),
    };
  },
};
