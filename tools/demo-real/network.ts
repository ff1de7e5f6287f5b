import type { PodNetwork } from "../../test/servers/pod-network.ts";

/** The address of the portal's side, and the one that the models live on. */
export const gatewayAddress = "10.200.0.1";
export const modelsAddress = "10.200.0.2";

/** The one network in which all models of this run are. */
export const modelsNetwork: PodNetwork = {
  name: "gatebook-models",
  outside: "gatebook-out",
  inside: "gatebook-in",
  hostAddress: gatewayAddress,
  podAddress: modelsAddress,
  prefixLength: 24,
};
