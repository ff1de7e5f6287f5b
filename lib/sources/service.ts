import { isIP } from "node:net";
import type { KindRef } from "../kube/index.ts";
import type { ServiceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, portNumberOf, textMapOf, textOf } from "./read-fields.ts";
import { cleanHost } from "./route-text.ts";
import type { Source } from "./source.ts";

const kind: KindRef = { group: "", kind: "Service", plural: "services", versions: ["v1"], namespaced: true };

/**
 * @source service
 * @kind v1 Service
 */
export const serviceSource: Source<ServiceObservation> = {
  kind,
  reads: "spec.type, selector, clusterIP, ports; status.loadBalancer.ingress",
  limits: "100 ports. ExternalName is an alias, never an API.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const clusterIp = textOf(spec["clusterIP"]);
    const ingress = listOf(fieldsOf(fieldsOf(object["status"])["loadBalancer"])["ingress"], 20).map(fieldsOf);
    return {
      ...observedOf(kind, object),
      type: textOf(spec["type"]) ?? "ClusterIP",
      selector: textMapOf(spec["selector"]),
      clusterIp: clusterIp !== null && isIP(clusterIp) !== 0 ? clusterIp : null,
      headless: clusterIp === "None",
      ports: listOf(spec["ports"], 100).flatMap((raw) => {
        const port = fieldsOf(raw);
        const number = portNumberOf(port["port"]);
        if (number === null) return [];
        return [
          {
            name: textOf(port["name"]) ?? "",
            port: number,
            targetPort: textOf(port["targetPort"]) ?? portNumberOf(port["targetPort"]) ?? number,
            appProtocol: textOf(port["appProtocol"]) ?? "",
            protocol: textOf(port["protocol"]) ?? "TCP",
          },
        ];
      }),
      loadBalancer: ingress.flatMap((entry) => cleanHost(entry["hostname"]) ?? cleanHost(entry["ip"]) ?? []),
    };
  },
};
