import type { Endpoint, HttpMethod, Json, JsonObject, PathMapping, Protocol, RequiredHeader } from "../model/index.ts";
import { httpMethods } from "../model/index.ts";
import { follow } from "./api-form.ts";
import { isConsumerPath } from "./consumer-paths.ts";
import { fillModelName, withoutPathParameters } from "./fill-model-name.ts";
import { arrayOf, isJsonObject, objectOf, textOf } from "./json-value.ts";
import { keepPathReferences } from "./path-references.ts";
import { isPlaceholderTitle } from "./placeholder-title.ts";
import { askedPath, isTakenAway, originOf, toPublicPlace } from "./public-place.ts";
import { serverPath } from "./server-path.ts";

/** What is known of one line of an API from outside. */
export type Facing = {
  /** The API's own title, shown instead of a framework's. */
  readonly title: string;
  /** The model's name in its server's paths; null where none is known. */
  readonly modelName: string | null;
  /** What serves it and how it is called; null where that is not known. They tell which paths are for consumers. */
  readonly server: string | null;
  readonly protocol: Protocol | null;
  /** Whether something explains what the model says; null where that is not known. */
  readonly explains: boolean | null;
  /** The public endpoints; empty where there is none. */
  readonly endpoints: readonly Pick<Endpoint, "url" | "paths" | "requiredHeaders">[];
  readonly internalUrl: string | null;
  /** What a call of the internal address must carry. */
  readonly internalHeaders: readonly RequiredHeader[];
};

/** One operation of the source document, in the path item that is its own. */
type Source = { readonly path: string; readonly item: JsonObject; readonly method: HttpMethod };

/** One operation at one public path, and from where it can be called. */
type Shown = {
  readonly source: Source;
  readonly bound: readonly string[];
  readonly servers: Set<string>;
  /** One entry for each way that leads there. */
  readonly headers: (readonly RequiredHeader[])[];
};

type ShownPaths = Map<string, Map<HttpMethod, Shown>>;

function headersOf(endpoint: Facing["endpoints"][number], mapping: PathMapping): readonly RequiredHeader[] {
  const byName = new Map<string, RequiredHeader>();
  for (const header of [...endpoint.requiredHeaders, ...mapping.headers]) byName.set(header.name.toLowerCase(), header);
  return [...byName.values()];
}

/** Puts an operation at a place; at the origin with its whole path where another one has the shorter form already. */
function showAt(
  paths: ShownPaths,
  source: Source,
  place: { readonly server: string; readonly path: string; readonly bound: readonly string[] },
  headers: readonly RequiredHeader[],
): void {
  const origin = originOf(place.server);
  const whole = { server: origin, path: `${place.server.slice(origin.length)}${place.path}` };
  for (const { server, path } of [place, whole]) {
    const methods = paths.get(path) ?? new Map<HttpMethod, Shown>();
    const earlier = methods.get(source.method);
    if (earlier !== undefined && earlier.source.path !== source.path) continue;
    const shown: Shown = earlier ?? { source, bound: place.bound, servers: new Set(), headers: [] };
    shown.servers.add(server);
    shown.headers.push(headers);
    paths.set(path, methods.set(source.method, shown));
    return;
  }
}

function reach(paths: ShownPaths, source: Source, basePath: string, endpoints: Facing["endpoints"]): boolean {
  let isReached = false;
  const method = source.method.toUpperCase();
  for (const endpoint of endpoints) {
    for (const mapping of endpoint.paths) {
      if (mapping.methods?.some((admitted) => admitted.toUpperCase() === method) === false) continue;
      const place = toPublicPlace(askedPath(basePath, source.path, mapping), endpoint.url, mapping);
      if (place === null || isTakenAway(place, mapping.except, method)) continue;
      showAt(paths, source, place, headersOf(endpoint, mapping));
      isReached = true;
    }
  }
  return isReached;
}

/** The header parameters that a route asks for: required where every way to the operation wants them. */
function headerParameters(ways: readonly (readonly RequiredHeader[])[]): readonly JsonObject[] {
  const values = new Map<string, Set<string | null>>();
  for (const { name, value } of ways.flat()) {
    const key = name.toLowerCase();
    values.set(key, (values.get(key) ?? new Set()).add(value));
  }
  // OpenAPI leaves these to other fields: a parameter of such a name would be ignored.
  for (const name of ["accept", "content-type", "authorization"]) values.delete(name);
  return [...values].map(([name, known]) => {
    const [only = "", ...more] = [...known].filter((value): value is string => value !== null).sort();
    const isOpen = known.has(null);
    return {
      name,
      in: "header",
      required: ways.every((headers) => headers.some((header) => header.name.toLowerCase() === name)),
      description: "The route matches on this header.",
      schema: { type: "string", ...(isOpen ? {} : more.length === 0 ? { const: only } : { enum: [only, ...more] }) },
    };
  });
}

/** Parameters of one owner, in which the route's own word on a header stands for the document's. */
function joinParameters(document: JsonObject, own: Json | undefined, added: readonly JsonObject[]): readonly Json[] {
  const names = new Set(added.map(({ name }) => name));
  const kept = arrayOf(own).filter((raw) => {
    const { value } = follow(document, raw, "");
    return !(value["in"] === "header" && names.has((textOf(value["name"]) ?? "").toLowerCase()));
  });
  return [...kept, ...added];
}

function withoutServers(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== "servers"));
}

type Rendering = {
  readonly document: JsonObject;
  readonly servers: readonly string[];
  /** Operation ids that are taken: one that stands at two paths is known by two. */
  readonly ids: Map<string, number>;
};

function renderOperation(rendering: Rendering, shown: Shown, inherited: Json | undefined): JsonObject {
  const { document, servers, ids } = rendering;
  const { source, bound } = shown;
  const item = withoutPathParameters(document, source.item, bound);
  const operation: Record<string, Json> = { ...withoutServers(objectOf(item[source.method])) };
  const added = headerParameters(shown.headers);
  if (inherited !== undefined || added.length > 0) {
    operation["parameters"] = joinParameters(
      document,
      [...arrayOf(inherited), ...arrayOf(operation["parameters"])],
      added,
    );
  }
  const id = textOf(operation["operationId"]);
  if (id !== null) {
    const count = (ids.get(id) ?? 0) + 1;
    ids.set(id, count);
    if (count > 1) operation["operationId"] = `${id}_${String(count)}`;
  }
  if (servers.some((server) => !shown.servers.has(server)))
    operation["servers"] = [...shown.servers].map((url) => ({ url }));
  return operation;
}

function renderItem(rendering: Rendering, methods: ReadonlyMap<HttpMethod, Shown>): JsonObject {
  const sources = new Set([...methods.values()].map(({ source }) => source.path));
  const [first] = methods.values();
  // What the item itself says holds for all of its operations only where they come from one item.
  const isOne = sources.size === 1 && first !== undefined;
  const own = isOne ? withoutPathParameters(rendering.document, first.source.item, first.bound) : {};
  const result: Record<string, Json> = Object.fromEntries(
    Object.entries(withoutServers(own)).filter(([name]) => !(httpMethods as readonly string[]).includes(name)),
  );
  for (const [method, shown] of methods)
    result[method] = renderOperation(rendering, shown, isOne ? undefined : shown.source.item["parameters"]);
  return result;
}

function titled(document: JsonObject, title: string): JsonObject {
  const info: Record<string, Json> = { ...objectOf(document["info"]) };
  const own = textOf(info["title"]) ?? "";
  if (own === "" || isPlaceholderTitle(own)) {
    if (own !== "") info["x-original-title"] = own;
    info["title"] = title;
  }
  return info;
}

/** The path items that are for consumers, with the model's name in them; references of whole items are followed. */
function consumerItems(document: JsonObject, facing: Facing): readonly { path: string; item: JsonObject }[] {
  const { modelName: name, server } = facing;
  return Object.entries(objectOf(document["paths"]))
    .filter(([path]) => path.startsWith("/") && isConsumerPath(path, facing))
    .map(([path, raw]) => {
      const { $ref: _, ...beside } = objectOf(raw);
      return fillModelName(document, path, { ...beside, ...follow(document, raw, "").value }, { name, server });
    });
}

function insideView(document: JsonObject, facing: Facing, items: ReturnType<typeof consumerItems>): JsonObject {
  const origin = facing.internalUrl?.replace(/\/+$/, "") ?? null;
  const added = headerParameters([facing.internalHeaders]);
  const at = (servers: Json | undefined): JsonObject =>
    origin === null ? {} : { servers: [{ url: `${origin}${serverPath(servers)}` }] };
  const renderInside = (item: JsonObject): JsonObject => ({
    ...item,
    ...(item["servers"] === undefined ? {} : at(item["servers"])),
    ...(added.length === 0 ? {} : { parameters: joinParameters(document, item["parameters"], added) }),
    ...Object.fromEntries(
      httpMethods.flatMap((method): [string, Json][] => {
        const operation = item[method];
        return isJsonObject(operation) && operation["servers"] !== undefined
          ? [[method, { ...operation, ...at(operation["servers"]) }]]
          : [];
      }),
    ),
  });
  return {
    ...document,
    info: titled(document, facing.title),
    ...at(document["servers"]),
    "x-gatebook-internal": true,
    paths: Object.fromEntries(items.map(({ path, item }) => [path, renderInside(item)])),
  };
}

/** An operation that no route reaches, as far as a reader has to know it. */
function tellUnreached({ path, item, method }: Source): JsonObject {
  const operation = objectOf(item[method]);
  const said = ["operationId", "summary"].flatMap((name): [string, Json][] => {
    const text = textOf(operation[name]);
    return text === null ? [] : [[name, text.slice(0, 300)]];
  });
  return { method, path, ...Object.fromEntries(said) };
}

/**
 * The description as its consumers must read it: true `servers`, public paths after the inverse of the routes' rewrites, the
 * headers that routes match on as parameters, the model's name in place of its parameter, the API's own title. Operations that
 * no route reaches are not among `paths`, where programs would call them, but in `x-gatebook-internal-operations`; those for
 * who runs the server are left out. Without a public endpoint it shows the internal server with all operations and says so
 * (`x-gatebook-internal`).
 */
export function publicView(source: JsonObject, facing: Facing): JsonObject {
  const document = keepPathReferences(source);
  const items = consumerItems(document, facing);
  if (facing.endpoints.length === 0) return insideView(document, facing, items);
  const paths: ShownPaths = new Map();
  const unreached: JsonObject[] = [];
  for (const { path, item } of items) {
    for (const method of httpMethods) {
      const operation = item[method];
      if (!isJsonObject(operation)) continue;
      const servers = operation["servers"] ?? item["servers"] ?? document["servers"];
      const own: Source = { path, item, method };
      if (!reach(paths, own, serverPath(servers), facing.endpoints)) unreached.push(tellUnreached(own));
    }
  }
  const used = new Set(
    [...paths.values()].flatMap((methods) => [...methods.values()].flatMap((at) => [...at.servers])),
  );
  const servers = used.size === 0 ? [...new Set(facing.endpoints.map(({ url }) => url))] : [...used];
  const rendering: Rendering = { document, servers: [...used], ids: new Map() };
  return {
    ...document,
    info: titled(document, facing.title),
    servers: servers.map((url) => ({ url })),
    paths: Object.fromEntries([...paths].map(([path, methods]) => [path, renderItem(rendering, methods)])),
    ...(unreached.length === 0 ? {} : { "x-gatebook-internal-operations": unreached }),
  };
}
