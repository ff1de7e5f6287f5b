import type { KindRef } from "../kube/index.ts";
import type { Backend, HostRouteObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import {
  conditionsOf,
  fieldsOf,
  findCondition,
  listOf,
  numberOf,
  portNumberOf,
  sayCondition,
  textOf,
} from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import { cleanHost, cleanPath } from "./route-text.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "route.openshift.io",
  kind: "Route",
  plural: "routes",
  versions: ["v1"],
  namespaced: true,
};

function backendOf(target: Fields, port: Backend["port"], namespace: string): Backend {
  return {
    group: "",
    kind: textOf(target["kind"]) ?? "Service",
    namespace,
    name: textOf(target["name"]) ?? "",
    port,
    weight: Math.max(0, numberOf(target["weight"]) ?? 100),
    subset: null,
  };
}

/** Hosts that a router has taken. A wildcard stands for every name beside the one that is written. */
function hostsOf(spec: Fields, routers: readonly Fields[], admitted: readonly Fields[]): readonly string[] {
  // Nobody has said anything: the hosts are what is asked for, and whether that counts is for the catalogue to say.
  const holders = routers.length === 0 ? [spec] : admitted;
  return holders.flatMap((holder) => {
    const host = cleanHost(holder["host"]);
    if (host === null) return [];
    return [holder["wildcardPolicy"] === "Subdomain" ? host.replace(/^[^.]+/, "*") : host];
  });
}

function problemOf(routers: readonly Fields[], admitted: readonly Fields[]): string | null {
  if (admitted.length > 0 || routers.length === 0) return null;
  const [refusal] = routers.flatMap(
    (router) => findCondition(conditionsOf(router["conditions"], undefined), "Admitted") ?? [],
  );
  return refusal?.status === "False"
    ? `The router does not admit it: ${sayCondition(refusal)}.`
    : "No router has admitted it yet.";
}

/**
 * @source openshift-route
 * @kind route.openshift.io/v1 Route
 */
export const openshiftRouteSource: Source<HostRouteObservation> = {
  kind,
  reads: "host, path, to, alternateBackends, port, tls; status.ingress with Admitted; the annotation rewrite-target",
  limits: "3 alternate backends, 16 routers; one router that admits it is enough. Passthrough TLS is called as https.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const namespace = object.metadata.namespace ?? "";
    const target = fieldsOf(spec["port"])["targetPort"];
    const port = textOf(target) ?? portNumberOf(target);
    const routers = listOf(fieldsOf(object["status"])["ingress"], 16).map(fieldsOf);
    const admitted = routers.filter(
      (router) => findCondition(conditionsOf(router["conditions"], undefined), "Admitted")?.status === "True",
    );
    const rewrite = object.metadata.annotations["haproxy.router.openshift.io/rewrite-target"];
    return {
      ...observedOf(kind, object),
      gateways: [],
      internal: false,
      problem: problemOf(routers, admitted),
      isAdmitted: routers.length === 0 ? null : admitted.length > 0,
      rules: [
        {
          hosts: [...new Set(hostsOf(spec, routers, admitted))],
          scheme: spec["tls"] === undefined ? "http" : "https",
          port: null,
          entryPoint: null,
          gateways: null,
          delegate: null,
          problem: null,
          matches: [{ type: "prefix", path: cleanPath(spec["path"]), methods: null, headers: [], narrowedBy: null }],
          backends: [
            backendOf(fieldsOf(spec["to"]), port, namespace),
            ...listOf(spec["alternateBackends"], 3).map((raw) => backendOf(fieldsOf(raw), port, namespace)),
          ],
          rewrite: rewrite === undefined ? null : { kind: "prefix", path: cleanPath(rewrite) },
          redirects: false,
          mirrors: [],
          middlewares: [],
        },
      ],
    };
  },
};
