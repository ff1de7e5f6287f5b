import type { KindRef } from "../kube/index.ts";
import { observePlugin } from "./kong-plugin.ts";
import type { KongPluginObservation } from "./observation.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "configuration.konghq.com",
  kind: "KongClusterPlugin",
  plural: "kongclusterplugins",
  versions: ["v1"],
  namespaced: false,
};

/**
 * @source kong-cluster-plugin
 * @kind configuration.konghq.com/v1 KongClusterPlugin
 */
export const kongClusterPluginSource: Source<KongPluginObservation> = {
  kind,
  reads: "plugin, disabled, config (names of headers, limits)",
  limits: "as KongPlugin, for every namespace",
  observe: (object) => observePlugin(kind, object),
};
