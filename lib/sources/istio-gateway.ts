import type { KindRef } from "../kube/index.ts";
import type { IstioGatewayObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, portNumberOf, textMapOf, textOf, textsOf } from "./read-fields.ts";
import { cleanHost } from "./route-text.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "networking.istio.io",
  kind: "Gateway",
  plural: "gateways",
  versions: ["v1", "v1beta1", "v1alpha3"],
  namespaced: true,
};

/** "namespace/host", where the namespace is that of the routes that may use it; without one any may. */
function hostOf(text: string): IstioGatewayObservation["servers"][number]["hosts"][number] | null {
  const slash = text.indexOf("/");
  const host = cleanHost(text.slice(slash + 1));
  return host === null ? null : { namespace: slash === -1 ? "*" : text.slice(0, slash), host };
}

/**
 * @source istio-gateway
 * @kind networking.istio.io/v1, v1beta1, v1alpha3 Gateway
 */
export const istioGatewaySource: Source<IstioGatewayObservation> = {
  kind,
  reads: "selector, servers with port, protocol, hosts and tls; the annotation public-url",
  limits: "64 servers of 64 hosts. It has no status.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    return {
      ...observedOf(kind, object),
      selector: textMapOf(spec["selector"]),
      servers: listOf(spec["servers"], 64).flatMap((raw) => {
        const server = fieldsOf(raw);
        const port = fieldsOf(server["port"]);
        const tls = fieldsOf(server["tls"]);
        const protocol = (textOf(port["protocol"]) ?? "").toUpperCase();
        const passes = tls["mode"] === "PASSTHROUGH" || tls["mode"] === "AUTO_PASSTHROUGH";
        const number = portNumberOf(port["number"]);
        if (number === null) return [];
        return [
          {
            port: number,
            tls: protocol === "HTTPS",
            http: ["HTTP", "HTTP2", "GRPC", "GRPC-WEB"].includes(protocol) || (protocol === "HTTPS" && !passes),
            redirects: tls["httpsRedirect"] === true,
            hosts: textsOf(server["hosts"], 64).flatMap((host) => hostOf(host) ?? []),
          },
        ];
      }),
    };
  },
};
