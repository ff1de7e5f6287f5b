import type { ServiceObservation, ServicePort } from "../sources/index.ts";

/** Numbers that HTTP servers use, the likeliest first (SERVING §6.9). */
const preferred = [8000, 8080, 80, 3000, 5000, 8501, 11434];
/** Words in the name of a port that no caller uses; a port that is named like its Service is not meant by them. */
const neverWords = new Set([
  "admin",
  "debug",
  "gcs",
  "grpc",
  "grpcs",
  "health",
  "healthcheck",
  "healthz",
  "livez",
  "management",
  "metric",
  "metrics",
  "mgmt",
  "pprof",
  "probe",
  "prom",
  "prometheus",
  "queueadm",
  "autometric",
  "usermetric",
  "readyz",
  "tcp",
  "udp",
  "webhook",
  "webhooks",
  "zmq",
]);
const httpWords = new Set(["http", "https", "http1", "http2", "h2c", "web", "api", "rest"]);
const httpProtocols = new Set(["http", "https", "http2", "kubernetes.io/h2c", "kubernetes.io/ws", "kubernetes.io/wss"]);
const neverProtocols = new Set(["grpc", "grpcs", "tcp", "tls", "udp", "mongo", "mysql", "redis", "postgresql"]);
/** Metrics, management and Knative's own; databases and brokers. */
const neverPorts = new Set([
  8081, 8082, 8002, 9090, 9091, 8012, 8022, 8265, 10001, 5432, 3306, 6379, 27017, 9092, 2181, 2379, 5672, 9200, 11211,
  4222,
]);

/** How sure it is that callers speak HTTP there; null where they do not. Lower is surer. */
function rankOf(port: ServicePort, service: ServiceObservation): number | null {
  if (port.protocol !== "TCP") return null;
  const protocol = port.appProtocol.toLowerCase();
  // What is said stands above what a name means, and a name above a number.
  if (httpProtocols.has(protocol)) return 0;
  if (neverProtocols.has(protocol)) return null;
  const words = port.name === service.name || port.name === "" ? [] : port.name.toLowerCase().split(/[-_.]/);
  if (words.some((word) => neverWords.has(word))) return null;
  if (words.some((word) => httpWords.has(word))) return 1;
  return neverPorts.has(port.port) ? null : 2;
}

function numberRank(port: ServicePort): number {
  const index = preferred.indexOf(port.port);
  return index === -1 ? preferred.length : index;
}

/** True where a route, or whoever else, means this port. */
export function isPort(port: ServicePort, wanted: number | string): boolean {
  return port.port === wanted || port.name === wanted;
}

/**
 * The port of a Service that speaks HTTP to callers (SERVING §6.9); null where none does. A port that routes name comes before
 * all others: somebody sends callers there.
 */
export function chooseHttpPort(
  service: ServiceObservation,
  routed: readonly (number | string)[] = [],
): ServicePort | null {
  const ranked = service.ports.map((port, index) => {
    const isRouted = routed.some((wanted) => isPort(port, wanted));
    const rank = rankOf(port, service);
    // What no caller uses by its name comes last, even where somebody routes to it.
    return rank === null
      ? { port, index, isRouted: false, rank: isRouted && port.protocol === "TCP" ? 3 : null }
      : { port, index, isRouted, rank };
  });
  const [first] = ranked
    .filter(({ rank }) => rank !== null)
    .sort(
      (left, right) =>
        Number(right.isRouted) - Number(left.isRouted) ||
        (left.rank ?? 0) - (right.rank ?? 0) ||
        Number(isTlsPort(left.port)) - Number(isTlsPort(right.port)) ||
        numberRank(left.port) - numberRank(right.port) ||
        left.index - right.index,
    );
  return first?.port ?? null;
}

/** All ports that speak HTTP to callers, as a load balancer offers them. */
export function httpPorts(service: ServiceObservation): readonly ServicePort[] {
  return service.ports.filter((port) => rankOf(port, service) !== null);
}

/** A port for gRPC, of a Service that only speaks that. */
export function chooseGrpcPort(service: ServiceObservation, routed: readonly (number | string)[]): ServicePort | null {
  const ports = service.ports.filter(({ protocol }) => protocol === "TCP");
  return (
    ports.find((port) => routed.some((wanted) => isPort(port, wanted))) ??
    ports.find((port) => isGrpcPort(port)) ??
    null
  );
}

/** What a port says stands above what its name means. */
export function isGrpcPort(port: ServicePort): boolean {
  const protocol = port.appProtocol.toLowerCase();
  return protocol === "" ? port.name.toLowerCase().split("-").includes("grpc") : protocol.includes("grpc");
}

const tlsProtocols = new Set(["https", "kubernetes.io/wss", "grpcs", "tls"]);

/** True for ports that say, or whose names or numbers show, that they speak TLS. */
export function isTlsPort(port: ServicePort): boolean {
  const protocol = port.appProtocol.toLowerCase();
  if (protocol !== "") return tlsProtocols.has(protocol);
  return port.name.toLowerCase().split("-").includes("https") || port.port === 443;
}
