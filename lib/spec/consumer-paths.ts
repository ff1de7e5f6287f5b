import type { Protocol } from "../model/index.ts";

type Served = {
  readonly server: string | null;
  readonly protocol: Protocol | null;
  readonly explains: boolean | null;
};

/** Paths by which those who run a server look after it; no consumer's business. */
const upkeep: Readonly<Record<string, RegExp>> = {
  kserve: /^\/(metrics|v2\/repository)(\/|$)/,
  mlserver: /^\/(metrics|v2\/repository|v2\/models\/[^/]+\/docs)(\/|$)/,
  torchserve: /^\/(metrics|api-description)(\/|$)/,
};

/** KServe's server documents both of its protocols; a model is called in the one that it is deployed with. */
const otherProtocol: Partial<Readonly<Record<Protocol, RegExp>>> = {
  "open-inference": /^\/v1\/models(\/|$)/,
  "kserve-v1": /^\/v2(\/|$)/,
};

/** Whether a path of a server's document is for those who call the model (SERVING §4, "What to synthesize"). */
export function isConsumerPath(path: string, { server, protocol, explains }: Served): boolean {
  if (server === null) return true;
  // KServe's server documents it whether something explains or not.
  if (server === "kserve" && explains === false && path.endsWith(":explain")) return false;
  if (upkeep[server]?.test(path) === true) return false;
  return server !== "kserve" || protocol === null || otherProtocol[protocol]?.test(path) !== true;
}
