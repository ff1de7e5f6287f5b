import type { KindRef } from "../kube/index.ts";
import type { Backend, HostRouteObservation, HostRule } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, percentOf, textOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import { cleanHost, cleanPath } from "./route-text.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "nuclio.io",
  kind: "NuclioAPIGateway",
  plural: "nuclioapigateways",
  versions: ["v1beta1"],
  namespaced: true,
};

/** The canary is the one that says a percentage, the second where both do; the other one has the rest. */
function sharesOf(upstreams: readonly Fields[]): readonly number[] {
  const [first = 0, second = 0] = upstreams.map((upstream) => percentOf(upstream["percentage"]) ?? 0);
  if (upstreams.length < 2) return [100];
  return second === 0 && first > 0 ? [first, 100 - first] : [100 - second, second];
}

function rulesOf(spec: Fields, namespace: string): HostRule {
  const host = cleanHost(spec["host"]);
  const upstreams = listOf(spec["upstreams"], 2).map(fieldsOf);
  const shares = sharesOf(upstreams);
  const target = upstreams.map((upstream) => textOf(upstream["rewriteTarget"])).find((path) => path !== null);
  return {
    hosts: host === null ? [] : [host],
    scheme: null,
    port: null,
    entryPoint: null,
    gateways: null,
    delegate: null,
    problem: null,
    matches: [{ type: "prefix", path: cleanPath(spec["path"]), methods: null, headers: [], narrowedBy: null }],
    backends: upstreams.map((upstream, index): Backend => ({
      group: "",
      kind: "Service",
      namespace,
      name: `nuclio-${textOf(fieldsOf(upstream["nucliofunction"])["name"]) ?? ""}`,
      port: null,
      weight: shares[index] ?? 0,
      subset: null,
    })),
    // A function sees the whole path, unless its gateway says what it is to see instead.
    rewrite: target === undefined || target === null ? null : { kind: "full", path: cleanPath(target) },
    redirects: false,
    mirrors: [],
    middlewares: [],
  };
}

/**
 * @source nuclio-api-gateway
 * @kind nuclio.io/v1beta1 NuclioAPIGateway
 */
export const nuclioApiGatewaySource: Source<HostRouteObservation> = {
  kind,
  reads: "host, path, upstreams with percentages and rewriteTarget; status.state, lastError",
  limits: "two upstreams, as Nuclio has it: the second function is a revision of the first",
  observe(object) {
    const status = fieldsOf(object["status"]);
    const state = textOf(status["state"]);
    const error = textOf(status["lastError"]);
    return {
      ...observedOf(kind, object),
      gateways: [],
      internal: false,
      isAdmitted: null,
      problem:
        state === null || state === "ready"
          ? null
          : `Nuclio says that the API gateway is ${state.slice(0, 100)}${error === null ? "" : `: ${error.slice(0, 300)}`}.`,
      rules: [rulesOf(fieldsOf(object["spec"]), object.metadata.namespace ?? "")],
    };
  },
};
