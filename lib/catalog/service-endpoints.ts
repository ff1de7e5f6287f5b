import type { ServiceObservation, ServicePort } from "../sources/index.ts";
import type { FoundEndpoint } from "./assemble-api.ts";
import { httpPorts, isTlsPort } from "./choose-port.ts";
import { keyOf, originOf } from "./routes/exposure.ts";
import { serviceAddress } from "./service-facts.ts";
import type { WorldIndex } from "./world-index.ts";

const everything: FoundEndpoint["paths"] = [
  { match: "prefix", publicPath: "/", backendPath: "/", methods: null, headers: [], except: [] },
];

/** How callers inside the cluster reach a Service; null for a pool, which has no address of its own. */
export function internalUrlOf(service: ServiceObservation, port: ServicePort): string | null {
  if (service.kind === "InferencePool") return null;
  const scheme = isTlsPort(port) ? "https" : "http";
  return `${scheme}://${service.name}.${service.namespace}.svc:${String(port.port)}`;
}

export function clusterEndpoints(
  world: WorldIndex,
  service: ServiceObservation,
  port: ServicePort,
): readonly FoundEndpoint[] {
  const url = internalUrlOf(service, port);
  if (url === null) return [];
  return [
    {
      url,
      reach: "cluster",
      paths: everything,
      requiredHeaders: [],
      address: serviceAddress({ service, port }),
      via: keyOf(world, service),
      isPattern: false,
      problem: null,
    },
  ];
}

/** Names that somebody gave a load balancer outside of the cluster; with them, its address is nobody's business. */
function namesOutside(service: ServiceObservation): readonly string[] {
  const named = service.annotations["external-dns.alpha.kubernetes.io/hostname"] ?? "";
  return named
    .split(",")
    .map((name) => name.trim().toLowerCase().replace(/\.$/, ""))
    .filter((name) => /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(name));
}

/** TLS that ends at a cloud's load balancer is said in annotations, by port's number or name or for all. */
function endsTls(service: ServiceObservation, port: ServicePort): boolean {
  const said = service.annotations["service.beta.kubernetes.io/aws-load-balancer-ssl-ports"];
  const ports = said?.split(",").map((entry) => entry.trim()) ?? [];
  return ports.includes("*") || ports.includes(String(port.port)) || (port.name !== "" && ports.includes(port.name));
}

/**
 * What a Service of type LoadBalancer offers outside, port by port, as far as the ports lead to the one that callers use
 * (`main`; null for all that speak HTTP).
 */
export function loadBalancerEndpoints(
  world: WorldIndex,
  service: ServiceObservation,
  main: ServicePort | null = null,
): readonly FoundEndpoint[] {
  if (service.type !== "LoadBalancer") return [];
  const names = service.loadBalancer.length > 0 || !world.confirming ? namesOutside(service) : [];
  const hosts = (names.length > 0 ? names : service.loadBalancer).slice(0, 4);
  const speaking = httpPorts(service);
  const ports =
    main === null
      ? speaking
      : [main, ...speaking.filter((port) => port !== main && port.targetPort === main.targetPort)];
  return ports.flatMap((port) => {
    const scheme = isTlsPort(port) || endsTls(service, port) ? "https" : "http";
    return hosts.map((host): FoundEndpoint => ({
      url: originOf(scheme, host, port.port),
      reach: "public",
      paths: everything,
      requiredHeaders: [],
      address: {
        scheme,
        host: service.loadBalancer[0] ?? host,
        port: port.port,
        hostHeader: names.length > 0 ? host : null,
      },
      via: keyOf(world, service),
      isPattern: false,
      problem: null,
    }));
  });
}
