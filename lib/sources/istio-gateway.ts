import type { KindRef } from "../kube/index.ts";
import type { IstioGatewayObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, numberOf, textMapOf, textOf, textsOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "networking.istio.io",
  kind: "Gateway",
  plural: "gateways",
  versions: ["v1", "v1beta1"],
  namespaced: true,
};

/**
 * @source istio-gateway
 * @kind networking.istio.io/v1, v1beta1 Gateway
 */
export const istioGatewaySource: Source<IstioGatewayObservation> = {
  kind,
  reads: "selector, servers with port, protocol, hosts and tls mode",
  limits: "64 servers of 64 hosts. It has no status.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    return {
      ...observedOf(kind, object),
      selector: textMapOf(spec["selector"]),
      servers: listOf(spec["servers"], 64).map((raw) => {
        const server = fieldsOf(raw);
        const port = fieldsOf(server["port"]);
        const protocol = (textOf(port["protocol"]) ?? "").toUpperCase();
        const mode = textOf(fieldsOf(server["tls"])["mode"]);
        return {
          port: numberOf(port["number"]) ?? 0,
          tls: protocol === "HTTPS",
          http:
            ["HTTP", "HTTP2", "GRPC", "GRPC-WEB"].includes(protocol) ||
            (protocol === "HTTPS" && mode !== "PASSTHROUGH"),
          hosts: textsOf(server["hosts"], 64).map((host) => host.toLowerCase().replace(/^[^/]*\//, "")),
        };
      }),
    };
  },
};
