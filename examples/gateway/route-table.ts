import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { z } from "zod";

export type Backend = { readonly host: string; readonly port: number };
export type WeightedBackends = readonly { readonly backends: readonly Backend[]; readonly weight: number }[];
export type GatewayRule = {
  /** Empty for every host. */
  readonly hostnames: readonly string[];
  readonly match: "exact" | "prefix" | "pattern";
  readonly path: string;
  /** What takes the place of the matched path; null where the path stays. */
  readonly replacement: string | null;
  readonly services: WeightedBackends;
};

const meta = z.object({
  name: z.string(),
  namespace: z.string().default("default"),
  labels: z.record(z.string(), z.string()).default({}),
});
const endpointSlice = z.object({
  kind: z.literal("EndpointSlice"),
  metadata: meta,
  ports: z.array(z.object({ name: z.string().default(""), port: z.number() })),
  endpoints: z.array(
    z.object({
      addresses: z.array(z.string()),
      conditions: z.object({ ready: z.boolean().default(true) }).prefault({}),
    }),
  ),
});
const httpRoute = z.object({
  kind: z.literal("HTTPRoute"),
  metadata: meta,
  spec: z.object({
    hostnames: z.array(z.string()).default([]),
    rules: z.array(
      z.object({
        matches: z
          .array(z.object({ path: z.object({ type: z.string().default("PathPrefix"), value: z.string() }) }))
          .default([{ path: { type: "PathPrefix", value: "/" } }]),
        filters: z
          .array(
            z.object({
              urlRewrite: z
                .object({
                  path: z.object({ replacePrefixMatch: z.string().optional(), replaceFullPath: z.string().optional() }),
                })
                .optional(),
            }),
          )
          .default([]),
        backendRefs: z
          .array(z.object({ name: z.string(), namespace: z.string().optional(), weight: z.number().default(1) }))
          .default([]),
      }),
    ),
  }),
});
const ingress = z.object({
  kind: z.literal("Ingress"),
  metadata: meta,
  spec: z.object({
    rules: z.array(
      z.object({
        host: z.string().optional(),
        http: z.object({
          paths: z.array(
            z.object({
              path: z.string(),
              pathType: z.string(),
              backend: z.object({ service: z.object({ name: z.string() }) }),
            }),
          ),
        }),
      }),
    ),
  }),
});

const matchOf = { PathPrefix: "prefix", Exact: "exact", RegularExpression: "pattern" } as const;

function isMatchType(value: string): value is keyof typeof matchOf {
  return Object.hasOwn(matchOf, value);
}

/** Makes the rules that Gateway API and Ingress objects ask for; objects of other kinds are passed over. */
export function buildRouteTable(objects: readonly unknown[]): readonly GatewayRule[] {
  const slices = objects.flatMap((object) => {
    const parsed = endpointSlice.safeParse(object);
    return parsed.success ? [parsed.data] : [];
  });
  const backendsOf = (namespace: string, service: string): readonly Backend[] =>
    slices
      .filter(
        (slice) =>
          slice.metadata.namespace === namespace && slice.metadata.labels["kubernetes.io/service-name"] === service,
      )
      .flatMap((slice) => {
        const port = (slice.ports.find(({ name }) => name === "http") ?? slice.ports[0])?.port;
        return port === undefined
          ? []
          : slice.endpoints
              .filter(({ conditions }) => conditions.ready)
              .flatMap(({ addresses }) => addresses.map((host) => ({ host, port })));
      });
  const rules: GatewayRule[] = [];
  for (const object of objects) {
    const route = httpRoute.safeParse(object);
    if (route.success) {
      const { metadata, spec } = route.data;
      for (const rule of spec.rules) {
        const rewrite = rule.filters.find((filter) => filter.urlRewrite !== undefined)?.urlRewrite?.path;
        for (const { path } of rule.matches) {
          if (!isMatchType(path.type)) continue;
          rules.push({
            hostnames: spec.hostnames,
            match: matchOf[path.type],
            path: path.value,
            replacement: rewrite?.replacePrefixMatch ?? rewrite?.replaceFullPath ?? null,
            services: rule.backendRefs.map((ref) => ({
              backends: backendsOf(ref.namespace ?? metadata.namespace, ref.name),
              weight: ref.weight,
            })),
          });
        }
      }
    }
    const entry = ingress.safeParse(object);
    if (entry.success) {
      for (const { host, http } of entry.data.spec.rules) {
        for (const { path, pathType, backend } of http.paths) {
          rules.push({
            hostnames: host === undefined ? [] : [host],
            match: pathType === "Exact" ? "exact" : "prefix",
            path,
            replacement: null,
            services: [{ backends: backendsOf(entry.data.metadata.namespace, backend.service.name), weight: 1 }],
          });
        }
      }
    }
  }
  // Gateway API's precedence: exact before prefix, the longer before the shorter; a pattern last.
  const rank = { exact: 0, prefix: 1, pattern: 2 } as const;
  return rules.sort((left, right) => rank[left.match] - rank[right.match] || right.path.length - left.path.length);
}

function readObjects(folder: string): readonly unknown[] {
  const objects: unknown[] = [];
  for (const name of readdirSync(folder).filter((file) => /\.ya?ml$/.test(file))) {
    for (const document of parseAllDocuments(readFileSync(join(folder, name), "utf8"))) objects.push(document.toJS());
  }
  return objects;
}

/** The table of a folder of manifests, read again when a file in it changed, at most five times a second. */
export function watchedRouteTable(folder: string): () => readonly GatewayRule[] {
  let table: readonly GatewayRule[] = [];
  let stamp = "";
  let checkedAt = 0;
  return () => {
    if (Date.now() - checkedAt < 200) return table;
    checkedAt = Date.now();
    const now = readdirSync(folder)
      .map((name) => `${name}:${String(statSync(join(folder, name)).mtimeMs)}`)
      .join();
    if (now !== stamp) {
      table = buildRouteTable(readObjects(folder));
      stamp = now;
    }
    return table;
  };
}
