import type { Endpoint, Json, JsonObject, PathMapping, Protocol } from "../model/index.ts";
import { httpMethods } from "../model/index.ts";
import { follow, readBasePaths } from "./api-form.ts";
import { isConsumerPath } from "./consumer-paths.ts";
import { arrayOf, isJsonObject, objectOf, textOf } from "./json-value.ts";
import { isPlaceholderTitle } from "./placeholder-title.ts";

/** What is known of an API from outside. */
export type Facing = {
  /** The API's own title, shown instead of a framework's. */
  readonly title: string;
  /** The model's name in its server's paths; null where none is known. */
  readonly modelName: string | null;
  /** What serves it and how it is called; null where that is not known. They tell which paths are for consumers. */
  readonly server: string | null;
  readonly protocol: Protocol | null;
  /** The public endpoints; empty where there is none. */
  readonly endpoints: readonly Pick<Endpoint, "url" | "paths" | "requiredHeaders">[];
  readonly internalUrl: string | null;
};

type PublicPath = {
  readonly item: JsonObject;
  readonly methods: ReadonlySet<string> | null;
  readonly servers: Set<string>;
  readonly headers: Map<string, { readonly value: string; everywhere: boolean }>;
};

const modelParameters = new Set(["model_name", "model", "name"]);

function trimmed(path: string): string {
  return path === "/" ? "" : path.replace(/\/+$/, "");
}

/** Where a consumer finds what the workload knows as `path`: a server and the path below it; null where nothing leads there (SERVING §3.6). */
export function toPublicPlace(
  path: string,
  endpointUrl: string,
  mapping: PathMapping,
): { readonly server: string; readonly path: string } | null {
  const from = trimmed(mapping.backendPath);
  if (mapping.match === "exact") {
    // The whole path is the route's; below it there is nothing, so the server is the origin.
    return path === (from === "" ? "/" : from) ? { server: originOf(endpointUrl), path: mapping.publicPath } : null;
  }
  const server = endpointUrl.replace(/\/+$/, "");
  if (path === from) return { server, path: "/" };
  return path.startsWith(`${from}/`) ? { server, path: path.slice(from.length) } : null;
}

/** Puts the model's name where the server's document has a parameter for it, in paths such as /v2/models/{model_name}/infer. */
function fillModelName(
  document: JsonObject,
  path: string,
  item: JsonObject,
  modelName: string | null,
): { path: string; item: JsonObject } {
  const name = /\/models\/\{([^}]+)\}/.exec(path)?.[1];
  if (modelName === null || name === undefined || !modelParameters.has(name)) return { path, item };
  const without = (parameters: Json | undefined): readonly Json[] =>
    arrayOf(parameters).filter((raw) => {
      const parameter = follow(document, raw, "").value;
      return !(parameter["in"] === "path" && parameter["name"] === name);
    });
  const result: Record<string, Json> = { ...item };
  if (item["parameters"] !== undefined) result["parameters"] = without(item["parameters"]);
  for (const method of httpMethods) {
    const operation = item[method];
    if (isJsonObject(operation) && operation["parameters"] !== undefined)
      result[method] = { ...operation, parameters: without(operation["parameters"]) };
  }
  return { path: path.replace(`{${name}}`, encodeURIComponent(modelName)), item: result };
}

function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/]+/i.exec(url)?.[0] ?? url;
}

/** The base path that the document's own server has; a server with parts left open says none. */
function basePathOf(document: JsonObject): string {
  const [first] = readBasePaths(arrayOf(document["servers"]).slice(0, 1));
  return first === undefined || first.includes("{") ? "" : first;
}

/**
 * What the workload is asked for. Its base path is part of that, unless the route takes the very prefix away that the base path
 * announces (FastAPI's `root_path` behind a gateway that strips it).
 */
function askedPath(basePath: string, path: string, mapping: PathMapping): string {
  if (basePath === "") return path;
  const isStripped = trimmed(mapping.publicPath).endsWith(basePath) && !trimmed(mapping.backendPath).endsWith(basePath);
  return isStripped ? path : `${basePath}${path}`;
}

function addPublicPaths(
  paths: Map<string, PublicPath>,
  { path, item, basePath }: { readonly path: string; readonly item: JsonObject; readonly basePath: string },
  endpoints: Facing["endpoints"],
): void {
  for (const endpoint of endpoints) {
    for (const mapping of endpoint.paths) {
      const place = toPublicPlace(askedPath(basePath, path, mapping), endpoint.url, mapping);
      if (place === null) continue;
      const earlier = paths.get(place.path);
      if (earlier !== undefined && earlier.item !== item) continue;
      const entry: PublicPath = earlier ?? {
        item,
        methods: mapping.methods === null ? null : new Set(mapping.methods.map((method) => method.toLowerCase())),
        servers: new Set(),
        headers: new Map(
          endpoint.requiredHeaders.map(({ name, value }) => [name.toLowerCase(), { value, everywhere: true }]),
        ),
      };
      for (const [name, header] of entry.headers) {
        if (!endpoint.requiredHeaders.some((required) => required.name.toLowerCase() === name))
          header.everywhere = false;
      }
      entry.servers.add(place.server);
      paths.set(place.path, entry);
    }
  }
}

function renderItem(entry: PublicPath, serverCount: number): JsonObject {
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(entry.item)) {
    const isMethod = (httpMethods as readonly string[]).includes(key);
    if (isMethod && entry.methods !== null && !entry.methods.has(key)) continue;
    if (key === "servers") continue;
    result[key] =
      isMethod && isJsonObject(value)
        ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== "servers"))
        : value;
  }
  if (entry.headers.size > 0) {
    result["parameters"] = [
      ...arrayOf(result["parameters"]),
      ...[...entry.headers].map(([name, { value, everywhere }]) => ({
        name,
        in: "header",
        required: everywhere,
        description: "The route matches on this header.",
        schema: { type: "string", const: value },
      })),
    ];
  }
  if (entry.servers.size < serverCount) result["servers"] = [...entry.servers].map((url) => ({ url }));
  return result;
}

/**
 * The description as its consumers must read it: true `servers`, public paths after the inverse of the routes' rewrites,
 * operations that no route reaches left out, and those for who runs the server, the model's name in place of its parameter, the
 * API's own title. Without a
 * public endpoint it shows the internal server with all operations and says so (`x-gatebook-internal`).
 */
export function publicView(document: JsonObject, facing: Facing): JsonObject {
  const info: Record<string, Json> = { ...objectOf(document["info"]) };
  const title = textOf(info["title"]) ?? "";
  if (title === "" || isPlaceholderTitle(title)) {
    if (title !== "") info["x-original-title"] = title;
    info["title"] = facing.title;
  }
  const filled = Object.entries(objectOf(document["paths"]))
    .filter(([path]) => path.startsWith("/") && isConsumerPath(path, facing.server, facing.protocol))
    .map(([path, item]) => fillModelName(document, path, follow(document, item, "").value, facing.modelName));
  const basePath = basePathOf(document);
  if (facing.endpoints.length === 0) {
    return {
      ...document,
      info,
      ...(facing.internalUrl === null
        ? {}
        : { servers: [{ url: `${facing.internalUrl.replace(/\/+$/, "")}${basePath}` }] }),
      "x-gatebook-internal": true,
      paths: Object.fromEntries(filled.map(({ path, item }) => [path, item])),
    };
  }
  const paths = new Map<string, PublicPath>();
  for (const { path, item } of filled) addPublicPaths(paths, { path, item, basePath }, facing.endpoints);
  const servers = [...new Set([...paths.values()].flatMap((entry) => [...entry.servers]))];
  return {
    ...document,
    info,
    servers: servers.map((url) => ({ url })),
    paths: Object.fromEntries([...paths].map(([path, entry]) => [path, renderItem(entry, servers.length)])),
  };
}
