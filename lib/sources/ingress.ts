import type { KindRef } from "../kube/index.ts";
import type { Backend, IngressObservation, IngressPath } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, portNumberOf, textOf, textsOf } from "./read-fields.ts";
import { cleanHost } from "./route-text.ts";
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
    port: textOf(port["name"]) ?? portNumberOf(port["number"]),
    weight: 1,
    subset: null,
  };
}

/** What a path of the third type means is the controller's own business; the catalogue knows the common ones. */
function pathOf(type: unknown, path: unknown): IngressPath {
  return {
    type: type === "Exact" ? "Exact" : type === "Prefix" ? "Prefix" : "ImplementationSpecific",
    path: textOf(path) ?? "/",
  };
}

/**
 * @source ingress
 * @kind networking.k8s.io/v1 Ingress
 */
export const ingressSource: Source<IngressObservation> = {
  kind,
  reads:
    "rules with hosts and paths, the default backend, tls hosts; status.loadBalancer.ingress; annotations of ingress-nginx, Traefik and Kong that change paths, hosts, shares and order",
  limits:
    "200 rules of 200 paths. ImplementationSpecific as ingress-nginx, Kong, Traefik, GKE and the AWS controller read it, else a prefix.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const namespace = object.metadata.namespace ?? "";
    const hosts = listOf(spec["rules"], 200).flatMap((raw): IngressObservation["hosts"] => {
      const rule = fieldsOf(raw);
      const paths = listOf(fieldsOf(rule["http"])["paths"], 200).flatMap((entry) => {
        const path = fieldsOf(entry);
        const backend = backendOf(path["backend"], namespace);
        return backend === null ? [] : [{ ...pathOf(path["pathType"], path["path"]), backend }];
      });
      const host = textOf(rule["host"]);
      return host !== null && cleanHost(host) === null ? [] : [{ host: cleanHost(host), paths }];
    });
    const rest = backendOf(spec["defaultBackend"], namespace);
    return {
      ...observedOf(kind, object),
      className:
        (
          textOf(spec["ingressClassName"]) ?? object.metadata.annotations["kubernetes.io/ingress.class"]
        )?.toLowerCase() ?? null,
      hosts: rest === null ? hosts : [...hosts, { host: null, paths: [{ ...pathOf("Prefix", "/"), backend: rest }] }],
      tlsHosts: listOf(spec["tls"], 100).flatMap((raw) =>
        textsOf(fieldsOf(raw)["hosts"], 100).flatMap((host) => cleanHost(host) ?? []),
      ),
      loadBalancer: listOf(fieldsOf(fieldsOf(object["status"])["loadBalancer"])["ingress"], 16).flatMap((raw) => {
        const entry = fieldsOf(raw);
        const host = cleanHost(entry["hostname"]) ?? cleanHost(entry["ip"]);
        const ports = listOf(entry["ports"], 16).flatMap((port) => portNumberOf(fieldsOf(port)["port"]) ?? []);
        return host === null ? [] : [{ host, ports }];
      }),
    };
  },
};
