import type { KindRef } from "../kube/index.ts";
import { deploymentSource } from "./deployment.ts";
import { endpointSliceSource } from "./endpoint-slice.ts";
import { gatewaySource } from "./gateway.ts";
import { httpRouteSource } from "./http-route.ts";
import { inferenceServiceSource } from "./inference-service.ts";
import { ingressSource } from "./ingress.ts";
import { knativeRevisionSource } from "./knative-revision.ts";
import { namespaceSource } from "./namespace.ts";
import { podSource } from "./pod.ts";
import { referenceGrantSource } from "./reference-grant.ts";
import { serviceSource } from "./service.ts";

/** Every source. A kind that is not here is not watched. */
export const sources = [
  serviceSource,
  ingressSource,
  gatewaySource,
  httpRouteSource,
  referenceGrantSource,
  inferenceServiceSource,
  knativeRevisionSource,
  deploymentSource,
  podSource,
  endpointSliceSource,
  namespaceSource,
] as const;

/** The kinds that a reader must be opened with. */
export const watchedKinds: readonly KindRef[] = sources.map((source) => source.kind);
