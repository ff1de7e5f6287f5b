import { expect } from "vitest";
import { parseAllDocuments } from "yaml";
import type { KindList, KubeObject } from "../../kube/index.ts";
import type { DiscoveredApi, ListState } from "../../model/index.ts";
import { watchedKinds } from "../../sources/index.ts";
import { discover } from "../discover.ts";
import type { World } from "../discover.ts";

export type Raw = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
};

function toObject(raw: Raw): KubeObject {
  return {
    ...raw,
    metadata: {
      namespace: "team",
      labels: {},
      annotations: {},
      ownerReferences: [],
      uid: `uid-${String(raw.metadata["name"])}`,
      ...raw.metadata,
    },
  } as unknown as KubeObject;
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}

type WorldOptions = {
  readonly confirming?: boolean;
  readonly stale?: readonly string[];
  readonly publicNamespaces?: readonly string[];
  readonly reversed?: boolean;
  readonly portal?: World["settings"]["portal"];
};

/** A world out of YAML documents; names without a namespace lie in "team". `stale` kinds keep what they hold. */
export function worldOf(yaml: string, options: WorldOptions = {}): World {
  const raw = parseAllDocuments(yaml)
    .map((document) => document.toJS() as Raw | null)
    .filter((own): own is Raw => own !== null);
  return worldOfObjects(raw, options);
}

/** A world out of objects as an API server gives them. */
export function worldOfObjects(raw: readonly Raw[], options: WorldOptions = {}): World {
  const objects = raw.map(toObject);
  if (options.reversed === true) objects.reverse();
  const lists = watchedKinds.map((ref): KindList => {
    const own = objects.filter((object) => object.kind === ref.kind && groupOf(object.apiVersion) === ref.group);
    const state: ListState =
      options.stale?.includes(ref.kind) === true
        ? { kind: "stale", reason: "unreachable", message: "" }
        : { kind: "synced" };
    return {
      ref,
      state: () => state,
      servedVersion: () => ref.versions[0] ?? null,
      objects: () => own,
      get: (namespace, name) =>
        own.find((object) => object.metadata.name === name && (object.metadata.namespace ?? "") === namespace),
      confirmedAt: () => null,
      lagMs: () => null,
    };
  });
  return {
    cluster: "test",
    lists,
    confirming: options.confirming ?? true,
    settings: { publicNamespaces: options.publicNamespaces ?? [], portal: options.portal ?? null },
  };
}

/** A world whose objects can be others, as a reader's are after a change: what is the same object stays the same. */
export function livingWorld(): { readonly world: World; readonly hold: (raw: readonly Raw[]) => void } {
  const kept = new WeakMap<Raw, KubeObject>();
  const objectOf = (raw: Raw): KubeObject => {
    const object = kept.get(raw) ?? toObject(raw);
    kept.set(raw, object);
    return object;
  };
  const empty = worldOfObjects([]);
  const held = new Map<KindList, readonly KubeObject[]>();
  const lists = empty.lists.map((list): KindList => {
    const own = (): readonly KubeObject[] => held.get(list) ?? [];
    return {
      ...list,
      objects: own,
      get: (namespace, name) =>
        own().find((object) => object.metadata.name === name && (object.metadata.namespace ?? "") === namespace),
    };
  });
  return {
    world: { ...empty, lists },
    hold: (raw) => {
      for (const list of empty.lists) {
        const { group, kind } = list.ref;
        const now = raw.filter((own) => own.kind === kind && groupOf(own.apiVersion) === group).map(objectOf);
        const before = held.get(list) ?? [];
        if (now.length !== before.length || now.some((object, at) => object !== before[at])) held.set(list, now);
      }
    },
  };
}

const accepted = (name: string, generation = 1): string => `
    - parentRef: { name: ${name} }
      controllerName: test/gateway
      conditions:
        - { type: Accepted, status: "True", reason: Accepted, observedGeneration: ${String(generation)} }
        - { type: ResolvedRefs, status: "True", reason: ResolvedRefs, observedGeneration: ${String(generation)} }`;

/** The status that a gateway writes on a route that it accepts. */
export const acceptedBy = (name: string, generation = 1): string => `
status:
  parents:${accepted(name, generation)}`;

export const gateway = (
  listeners = "[{ name: http, port: 80, protocol: HTTP }]",
  addresses = "[{ value: 10.9.9.9 }]",
): string => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gw, generation: 1 }
spec: { listeners: ${listeners} }
status: { addresses: ${addresses}, conditions: [{ type: Accepted, status: "True" }, { type: Programmed, status: "True" }] }
`;

/** A Service with a pod behind it that starts uvicorn. */
export const model = (
  name: string,
  options: {
    readonly annotations?: string;
    readonly hash?: string;
    readonly image?: string;
    readonly args?: string;
    readonly ready?: boolean;
    readonly created?: string;
    readonly namespace?: string;
  } = {},
): string => {
  const namespace = options.namespace ?? "team";
  const hash = options.hash ?? "aaa";
  return `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace}, creationTimestamp: "${options.created ?? "2026-01-01T00:00:00Z"}", annotations: ${options.annotations ?? "{}"} }
spec: { clusterIP: 10.0.0.5, selector: { app: ${name} }, ports: [{ name: http, port: 80, targetPort: http }] }
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}-${hash}, namespace: ${namespace}, creationTimestamp: "2026-01-01T00:00:00Z", labels: { app: ${name}, pod-template-hash: ${hash} } }
spec: { containers: [{ image: "${options.image ?? "registry.test/app:1"}", args: ${options.args ?? '["uvicorn", "app:app"]'} }] }
status: { phase: Running, conditions: [{ type: Ready, status: "True" }], containerStatuses: [{ imageID: "${options.image ?? "registry.test/app:1"}@sha256:${hash}" }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: ${name}-${hash}-slice, namespace: ${namespace}, labels: { kubernetes.io/service-name: ${name} } }
addressType: IPv4
ports: [{ name: http, port: 8000 }]
endpoints: [{ addresses: [10.1.0.7], conditions: { ready: ${String(options.ready ?? true)} }, targetRef: { kind: Pod, name: ${name}-${hash} } }]
`;
};

/** An HTTPRoute of one rule. */
export const route = (
  name: string,
  rule: string,
  options: {
    readonly hosts?: string;
    readonly status?: string;
    readonly annotations?: string;
    readonly namespace?: string;
    readonly parent?: string;
  } = {},
): string => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: ${options.namespace ?? "team"}, generation: 1, annotations: ${options.annotations ?? "{}"} }
spec: { parentRefs: [${options.parent ?? "{ name: gw }"}], hostnames: ${options.hosts ?? "[models.test]"}, rules: [${rule}] }${options.status ?? acceptedBy("gw")}
`;

type Api = DiscoveredApi;
type Path = Api["endpoints"][number]["paths"][number];
type Texts = readonly (string | RegExp)[];

/** What is expected of an API by its routes. What is left out of the first four is expected to be empty. */
export type ExpectedApi = {
  /** Public addresses, "URL match:public->backend": methods, {headers} and what others take away behind each path. */
  readonly ways?: readonly string[];
  /** Headers that an address asks every call for; a name alone where the value is not told. */
  readonly headers?: readonly string[];
  /** What is wrong with addresses. */
  readonly problems?: Texts;
  readonly reason?: string | RegExp;
  /** "NAME PERCENT". */
  readonly revisions?: readonly string[];
  /** Those that are named here alone. */
  readonly facts?: Readonly<Record<string, string>>;
};

const sayMethods = (methods: Path["methods"]): string => (methods === null ? "" : ` ${methods.join("/")}`);
const sayHeader = ({ name, value }: Path["headers"][number]): string => (value === null ? name : `${name}: ${value}`);

function sayPath({ match, publicPath, backendPath, methods, headers, except }: Path): string {
  const needed = headers.length === 0 ? "" : ` {${headers.map(sayHeader).join(", ")}}`;
  const taken = except.map((own) => `${own.match}:${own.path}${sayMethods(own.methods)}`);
  const rest = taken.length === 0 ? "" : ` except ${taken.join(", ")}`;
  return `${match}:${publicPath}->${backendPath}${sayMethods(methods)}${needed}${rest}`;
}

function outlineOf({ endpoints, stateReason, revisions, facts }: Api) {
  const outside = endpoints.filter(({ reach }) => reach === "public");
  return {
    ways: outside.map(({ url, paths }) => `${url} ${paths.map(sayPath).join(" | ")}`),
    headers: outside.flatMap(({ requiredHeaders }) => requiredHeaders.map(sayHeader)),
    problems: outside.flatMap(({ problem }) => problem ?? []),
    reason: stateReason,
    revisions: revisions.map(({ name, trafficPercent }) => `${name} ${String(trafficPercent)}`),
    facts: Object.fromEntries(facts.map(({ name, value }) => [name, value])),
  };
}

const like = (text: string | RegExp): string =>
  typeof text === "string" ? text : (expect.stringMatching(text) as string);

/** Every API of a world by its name, as its routes are expected to make it. */
export function expectApis(
  yaml: string,
  expected: Readonly<Record<string, ExpectedApi>>,
  options: Parameters<typeof worldOf>[1] = {},
): void {
  const { apis } = discover(worldOf(yaml, options));
  const wanted = Object.entries(expected).map(([name, { reason, problems = [], ...own }]) => [
    name,
    {
      ways: [],
      headers: [],
      ...own,
      problems: problems.map(like),
      reason: reason === undefined ? null : like(reason),
    },
  ]);
  expect(apis.map(({ key }) => key.name).sort()).toEqual(Object.keys(expected).sort());
  expect(Object.fromEntries(apis.map((api) => [api.key.name, outlineOf(api)]))).toMatchObject(
    Object.fromEntries(wanted),
  );
}

/** A condition of a status, in flow form; `more` are further fields of it. */
export const condition = (type: string, status: string, more = ""): string =>
  `{ type: ${type}, status: "${status}"${more === "" ? "" : `, ${more}`} }`;

/** What one controller says of a route at one parent; that it serves it, where nothing else is said. */
export type ParentWord = { readonly parent?: string; readonly controller?: string; readonly conditions?: string };

export const parentStatus = (...words: readonly ParentWord[]): string => {
  const serves = `${condition("Accepted", "True")}, ${condition("ResolvedRefs", "True")}`;
  const entries = words.map(
    ({ parent = "{ name: gw }", controller = "a.test/gw", conditions = serves }) =>
      `{ parentRef: ${parent}, controllerName: ${controller}, conditions: [${conditions}] }`,
  );
  return `\nstatus: { parents: [${entries.join(", ")}] }`;
};

/** The Service churn and a route of a second generation to all of it, which hangs on `parent`. */
export function hung(
  parent = "{ name: gw }",
  options: { readonly hosts?: string; readonly status?: string; readonly namespace?: string } = {},
): string {
  const { hosts = "[m.corp.test]", status = parentStatus({ parent }), namespace = "team" } = options;
  const made = route("r", "{ backendRefs: [{ name: churn, port: 80 }] }", { parent, hosts, status, namespace });
  return model("churn", { namespace }) + made.replace("generation: 1", "generation: 2");
}

/** A listener of a Gateway; `more` are further fields of it. */
export const listener = (name: string, port: number, more = "", protocol = "HTTP"): string =>
  `{ name: ${name}, port: ${String(port)}, protocol: ${protocol}${more === "" ? "" : `, ${more}`} }`;

/** Expected of an API that is public at these URLs, whole. */
export const at = (...urls: readonly string[]): ExpectedApi => ({ ways: urls.map((url) => `${url} prefix:/->/`) });
