import type { TestObject } from "../cluster-client.ts";
import { findOwnAddress } from "./model-backends.ts";
import type { EntryPorts } from "./traefik-process.ts";

/** What one case puts into the cluster, and what must then hold for one API of it. */
export type GatewayCase = {
  /** The guarantee. */
  readonly name: string;
  readonly objects: readonly TestObject[];
  readonly api: { readonly namespace: string; readonly name: string };
  /** All that its description shows: "POST http://host/path {header: value} > /path-inside"; the gateway's port is left out. */
  readonly shows: readonly string[];
  /** Calls ("POST http://host/path {header: value}") that do not arrive at this API, and are not shown. */
  readonly elsewhere?: readonly string[];
  /** The Services that calls must be seen to arrive at; the API's own where it is left out. */
  readonly revisions?: readonly string[];
  /** A word of why the API's addresses may not answer, where Gatebook says so of all of them. */
  readonly problem?: string;
  /**
   * Calls in which Traefik does not do what the standard says, or does what no object tells, and the reason. They are shown and do not arrive, or they arrive
   * and are not shown; when that changes, the test says so.
   */
  readonly deviations?: { readonly reason: string; readonly calls: readonly string[] };
};

const gateways = "gateways";

/** The gateway's address; only where this machine has one does anything here run. */
export const ownAddress = findOwnAddress() ?? "no-address.test";

/** All that a model has, below a base, under one host. */
export function everything(base: string): readonly string[] {
  return [
    `GET ${base}/health > /health`,
    `POST ${base}/predict > /predict`,
    `GET ${base}/v1/models/rank > /v1/models/rank`,
    `POST ${base}/v1/models/rank:predict > /v1/models/rank:predict`,
  ];
}

/** The calls alone. */
export function calls(shown: readonly string[]): readonly string[] {
  return shown.map((own) => own.replace(/ > .*/, ""));
}

/** A Service of a model. */
export function model(namespace: string, name: string): TestObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { namespace, name },
    spec: { selector: { app: name }, ports: [{ name: "http", port: 80, targetPort: 8000 }] },
  };
}

/** Traefik's own Service as its chart makes it, the class of its Gateway, and that Gateway. */
export function groundObjects(address: string, ports: EntryPorts): readonly TestObject[] {
  const open = { namespaces: { from: "All" } };
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { namespace: "traefik", name: "traefik", labels: { "app.kubernetes.io/name": "traefik" } },
      spec: {
        type: "LoadBalancer",
        selector: { "app.kubernetes.io/name": "traefik" },
        ports: [
          { name: "web", port: 80, targetPort: "web" },
          { name: "websecure", port: 443, targetPort: "websecure" },
        ],
      },
      status: { loadBalancer: { ingress: [{ ip: address }] } },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: { name: "traefik" },
      spec: { controller: "traefik.io/ingress-controller" },
    },
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "GatewayClass",
      metadata: { name: "traefik" },
      spec: { controllerName: "traefik.io/gateway-controller" },
    },
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: { namespace: gateways, name: "public" },
      spec: {
        gatewayClassName: "traefik",
        // Traefik asks for the very port of an entry point.
        listeners: [
          { name: "any", port: ports.web, protocol: "HTTP", allowedRoutes: open },
          { name: "models", port: ports.web, protocol: "HTTP", hostname: "*.models.test", allowedRoutes: open },
        ],
      },
    },
  ];
}

type Fields = Readonly<Record<string, unknown>>;

export function prefix(value: string, more: Fields = {}): Fields {
  return { path: { type: "PathPrefix", value }, ...more };
}

export function exact(value: string, more: Fields = {}): Fields {
  return { path: { type: "Exact", value }, ...more };
}

export function pattern(value: string): Fields {
  return { path: { type: "RegularExpression", value } };
}

/** A rule of an HTTPRoute: what it matches, where it leads, and what else it says. */
export function rule(match: Fields, backends: readonly Fields[] | string, more: Fields = {}): Fields {
  const backendRefs = typeof backends === "string" ? [backend(backends)] : backends;
  return { matches: [match], ...(backendRefs.length === 0 ? {} : { backendRefs }), ...more };
}

export function backend(name: string, more: Fields = {}): Fields {
  return { name, port: 80, ...more };
}

export function rewrite(path: Fields): Fields {
  return { filters: [{ type: "URLRewrite", urlRewrite: { path } }] };
}

export function httpRoute(
  namespace: string,
  name: string,
  hostnames: readonly string[],
  rules: readonly Fields[],
  listener = "any",
): TestObject {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { namespace, name },
    spec: {
      parentRefs: [{ namespace: gateways, name: "public", sectionName: listener }],
      ...(hostnames.length === 0 ? {} : { hostnames }),
      rules,
    },
  };
}

/** One path of an Ingress. */
export function ingressPath(
  pathType: "Prefix" | "Exact" | "ImplementationSpecific",
  path: string,
  name: string,
): Fields {
  return { path, pathType, backend: { service: { name, port: { number: 80 } } } };
}

export function ingress(
  namespace: string,
  name: string,
  host: string | null,
  paths: readonly Fields[],
  more: { readonly annotations?: Readonly<Record<string, string>>; readonly tls?: readonly Fields[] } = {},
): TestObject {
  const annotations = Object.entries(more.annotations ?? {}).map(([key, value]) => [
    `traefik.ingress.kubernetes.io/router.${key}`,
    value,
  ]);
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { namespace, name, annotations: Object.fromEntries(annotations) as Fields },
    spec: {
      ingressClassName: "traefik",
      rules: [{ ...(host === null ? {} : { host }), http: { paths } }],
      ...(more.tls === undefined ? {} : { tls: more.tls }),
    },
  };
}

/** A rule of an IngressRoute. */
export function traefikRule(match: string, services: readonly Fields[] | string, more: Fields = {}): Fields {
  return { kind: "Rule", match, services: typeof services === "string" ? [backend(services)] : services, ...more };
}

export function ingressRoute(
  namespace: string,
  name: string,
  routes: readonly Fields[],
  more: Fields = { entryPoints: ["web"] },
): TestObject {
  return {
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: { namespace, name },
    spec: { ...more, routes },
  };
}

export function middleware(namespace: string, name: string, spec: Fields): TestObject {
  return { apiVersion: "traefik.io/v1alpha1", kind: "Middleware", metadata: { namespace, name }, spec };
}
