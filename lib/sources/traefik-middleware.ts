import type { KindRef } from "../kube/index.ts";
import type { MiddlewareObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, textOf, textsOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "traefik.io",
  kind: "Middleware",
  plural: "middlewares",
  versions: ["v1alpha1"],
  namespaced: true,
};

/**
 * @source traefik-middleware
 * @kind traefik.io/v1alpha1 Middleware
 */
export const traefikMiddlewareSource: Source<MiddlewareObservation> = {
  kind,
  reads: "stripPrefix, addPrefix, replacePath, chain",
  limits: "what changes paths by patterns is not followed; never an API by itself",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const namespace = object.metadata.namespace ?? "";
    return {
      ...observedOf(kind, object),
      strips: textsOf(fieldsOf(spec["stripPrefix"])["prefixes"], 32),
      addsPrefix: textOf(fieldsOf(spec["addPrefix"])["prefix"]),
      replacesPath: textOf(fieldsOf(spec["replacePath"])["path"]),
      chain: listOf(fieldsOf(spec["chain"])["middlewares"], 16).flatMap((raw) => {
        const entry = fieldsOf(raw);
        const name = textOf(entry["name"]);
        return name === null ? [] : [`${textOf(entry["namespace"]) ?? namespace}/${name}`];
      }),
    };
  },
};
