import type { KindRef } from "../kube/index.ts";
import type { MiddlewareObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, textOf, textsOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "traefik.io",
  kind: "Middleware",
  plural: "middlewares",
  versions: ["v1alpha1"],
  namespaced: true,
};

/** A redirect to https only meets callers who came by http. */
function redirectsOf(spec: Fields): MiddlewareObservation["redirects"] {
  if (fieldsOf(spec["redirectScheme"])["scheme"] === "https") return "http";
  if (spec["redirectScheme"] !== undefined) return "some";
  if (spec["redirectRegex"] === undefined) return null;
  return (textOf(fieldsOf(spec["redirectRegex"])["regex"]) ?? "").startsWith("^http://") ? "http" : "some";
}

/**
 * @source traefik-middleware
 * @kind traefik.io/v1alpha1 Middleware
 */
export const traefikMiddlewareSource: Source<MiddlewareObservation> = {
  kind,
  reads: "stripPrefix, addPrefix, replacePath, redirectScheme, redirectRegex, chain",
  limits: "what changes paths by patterns is told, not followed; never an API by itself",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const namespace = object.metadata.namespace ?? "";
    return {
      ...observedOf(kind, object),
      strips: textsOf(fieldsOf(spec["stripPrefix"])["prefixes"], 32),
      addsPrefix: textOf(fieldsOf(spec["addPrefix"])["prefix"]),
      replacesPath: textOf(fieldsOf(spec["replacePath"])["path"]),
      redirects: redirectsOf(spec),
      untold: ["replacePathRegex", "stripPrefixRegex"].find((name) => spec[name] !== undefined) ?? null,
      chain: listOf(fieldsOf(spec["chain"])["middlewares"], 16).flatMap((raw) => {
        const entry = fieldsOf(raw);
        const name = textOf(entry["name"]);
        return name === null ? [] : [`${textOf(entry["namespace"]) ?? namespace}/${name}`];
      }),
    };
  },
};
