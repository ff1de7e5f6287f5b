import type { ServiceObservation, ServicePort } from "../sources/index.ts";

const preferred = [8000, 8080, 80, 3000, 5000, 8501, 11434];
const neverNames = /^(metrics|prometheus|prom|grpc|tcp|webhook|health|healthz|admin|debug)/;
const neverPorts = new Set([8081, 8082, 8002, 9090, 9091, 8012, 8022]);
const infrastructurePorts = new Set([5432, 3306, 6379, 27017, 9092, 2181, 2379, 5672, 9200, 11211, 4222]);

function speaksHttp(port: ServicePort): boolean {
  if (port.protocol !== "TCP" || port.appProtocol === "grpc" || port.appProtocol === "tcp") return false;
  return !neverNames.test(port.name) && !neverPorts.has(port.port) && !infrastructurePorts.has(port.port);
}

function rankOf(port: ServicePort): number {
  if (["http", "https", "kubernetes.io/h2c", "kubernetes.io/ws"].includes(port.appProtocol)) return 0;
  if (/^(http|https|http1|http2|h2c)(-|$)/.test(port.name)) return 1;
  const index = preferred.indexOf(port.port);
  return index === -1 ? 2 + preferred.length : 2 + index;
}

/** The port of a Service that speaks HTTP to callers (SERVING §6.9); null where none does. */
export function chooseHttpPort(service: ServiceObservation): ServicePort | null {
  return [...service.ports].filter(speaksHttp).sort((left, right) => rankOf(left) - rankOf(right))[0] ?? null;
}

/** True for ports that names or numbers show to speak TLS. */
export function isTlsPort(port: ServicePort): boolean {
  return port.appProtocol === "https" || /^https(-|$)/.test(port.name) || port.port === 443;
}
