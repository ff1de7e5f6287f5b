import type { KindRef } from "../kube/index.ts";
import type { Backend, HostRouteObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, listOf, numberOf, textOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
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

/**
 * @source openshift-route
 * @kind route.openshift.io/v1 Route
 */
export const openshiftRouteSource: Source<HostRouteObservation> = {
  kind,
  reads: "host, path, to, alternateBackends, port, tls; status.ingress with Admitted; the annotation rewrite-target",
  limits: "3 alternate backends, 16 routers. Passthrough TLS is called as https.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const namespace = object.metadata.namespace ?? "";
    const port = fieldsOf(spec["port"])["targetPort"];
    const routers = listOf(fieldsOf(object["status"])["ingress"], 16).map(fieldsOf);
    const admitted = routers.filter(
      (router) => findCondition(conditionsOf(router["conditions"], undefined), "Admitted")?.status === "True",
    );
    const refusal = routers
      .map((router) => findCondition(conditionsOf(router["conditions"], undefined), "Admitted"))
      .find((condition) => condition?.status === "False");
    const hosts = (admitted.length > 0 ? admitted : routers.length > 0 ? [] : [spec])
      .map((holder) => textOf(holder["host"])?.toLowerCase() ?? "")
      .filter((host) => host !== "");
    const rewrite = object.metadata.annotations["haproxy.router.openshift.io/rewrite-target"];
    return {
      ...observedOf(kind, object),
      gateways: [],
      internal: false,
      problem:
        refusal === undefined || refusal === null
          ? null
          : `The router does not admit it: ${refusal.message || refusal.reason}.`,
      rules: [
        {
          hosts: [...new Set(hosts)],
          scheme: spec["tls"] === undefined ? "http" : "https",
          port: null,
          matches: [{ type: "prefix", path: textOf(spec["path"]) ?? "/", method: null, headers: [], narrowed: false }],
          backends: [
            backendOf(fieldsOf(spec["to"]), textOf(port) ?? numberOf(port), namespace),
            ...listOf(spec["alternateBackends"], 3).map((raw) =>
              backendOf(fieldsOf(raw), textOf(port) ?? numberOf(port), namespace),
            ),
          ],
          rewrite: rewrite === undefined ? null : { kind: "prefix", path: rewrite },
          redirects: false,
          mirrors: [],
          middlewares: [],
        },
      ],
    };
  },
};
