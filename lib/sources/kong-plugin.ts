import type { KindRef, KubeObject } from "../kube/index.ts";
import type { KongPluginObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "configuration.konghq.com",
  kind: "KongPlugin",
  plural: "kongplugins",
  versions: ["v1"],
  namespaced: true,
};

/** A plugin, of one namespace or of the cluster; its fields stand at the top level. */
export function observePlugin(ref: KindRef, object: KubeObject): KongPluginObservation | null {
  const plugin = textOf(object["plugin"]);
  return plugin === null
    ? null
    : {
        ...observedOf(ref, object),
        plugin,
        disabled: object["disabled"] === true,
        config: fieldsOf(object["config"]),
      };
}

/**
 * @source kong-plugin
 * @kind configuration.konghq.com/v1 KongPlugin
 */
export const kongPluginSource: Source<KongPluginObservation> = {
  kind,
  reads: "plugin, disabled, config (names of headers, limits)",
  limits:
    "what callers must bring or keep to, as a fact; configFrom, which names a Secret, is not read. Never an API by itself.",
  observe: (object) => observePlugin(kind, object),
};
