import type { KindRef } from "../kube/index.ts";
import type { HostRouteObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, numberOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "nuclio.io",
  kind: "NuclioAPIGateway",
  plural: "nuclioapigateways",
  versions: ["v1beta1"],
  namespaced: true,
};

/**
 * @source nuclio-api-gateway
 * @kind nuclio.io/v1beta1 NuclioAPIGateway
 */
export const nuclioApiGatewaySource: Source<HostRouteObservation> = {
  kind,
  reads: "host, path, upstreams with percentages; status.state",
  limits: "two upstreams, as Nuclio has it: the second function is a revision of the first",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const host = textOf(spec["host"])?.toLowerCase() ?? null;
    const upstreams = listOf(spec["upstreams"], 2).map(fieldsOf);
    const state = textOf(status["state"]);
    const given = upstreams.map((upstream) => numberOf(upstream["percentage"]));
    const rest = Math.max(0, 100 - given.reduce<number>((sum, percent) => sum + (percent ?? 0), 0));
    return {
      ...observedOf(kind, object),
      gateways: [],
      internal: false,
      problem:
        state === null || state === "ready" ? null : `Nuclio says that the API gateway is ${state.slice(0, 100)}.`,
      rules: [
        {
          hosts: host === null ? [] : [host],
          scheme: null,
          port: null,
          matches: [{ type: "prefix", path: textOf(spec["path"]) ?? "/", method: null, headers: [], narrowed: false }],
          backends: upstreams.map((upstream, index) => ({
            group: "",
            kind: "Service",
            namespace: object.metadata.namespace ?? "",
            name: `nuclio-${textOf(fieldsOf(upstream["nucliofunction"])["name"]) ?? ""}`,
            port: null,
            // Two without a word share what is left as Nuclio does: the first has it.
            weight: given[index] ?? (index === 0 ? rest : 0),
            subset: null,
          })),
          rewrite: { kind: "prefix", path: "/" },
          redirects: false,
          mirrors: [],
          middlewares: [],
        },
      ],
    };
  },
};
