import type {
  DiscoveredApi,
  DiscoveredEndpoint,
  ObjectKey,
  ProbeTarget,
  ProvenanceStep,
  Revision,
} from "../model/index.ts";
import { formatObjectKey, mainLine } from "../model/index.ts";
import type { ApiDescriptionObservation } from "../sources/index.ts";
import { annotation, apiNamespaceWord, lineWord, narrower } from "./annotations.ts";
import { bestState, joinReasons } from "./assemble-api.ts";
import type { DescribedBy } from "./describe-objects.ts";
import { uniqueFacts } from "./model-facts.ts";
import type { BuiltApi } from "./resource-api.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf } from "./names.ts";

/** An API that was built and what its objects say of its name. */
export type Unit = BuiltApi & {
  /** Its place among the targets of its ApiDescription; null where it has none. */
  readonly target: DescribedBy | null;
};

export type Grouped = {
  readonly apis: readonly DiscoveredApi[];
  readonly warnings: readonly { readonly object: ObjectKey; readonly message: string }[];
  /** The API of each ApiDescription that has one. */
  readonly described: ReadonlyMap<ApiDescriptionObservation, DiscoveredApi>;
};

/** As many as an ApiDescription may have targets. */
const linesMax = 16;
const objectName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;
/** As the schema of ApiDescriptions has it. */
const lineName = /^[A-Za-z0-9]([-A-Za-z0-9._]{0,61}[A-Za-z0-9])?$/;

/** The name that an API is given, as "namespace/name"; null where it has its own. */
function givenName({ annotations, api }: Unit): string | null {
  const name = annotation(annotations, "api");
  return name === undefined ? null : nameOf(annotations[apiNamespaceWord] ?? api.key.namespace, name);
}

function compareUnits(left: Unit, right: Unit): number {
  if (left.target !== null && right.target !== null) return left.target.index - right.target.index;
  if (left.since !== right.since) return left.since < right.since ? -1 : 1;
  return formatObjectKey(left.api.key) < formatObjectKey(right.api.key) ? -1 : 1;
}

/** Names of the lines: what is said, else the first is the API's own and the others are named after their objects. */
function nameLines(units: readonly Unit[]): readonly string[] {
  const taken = new Set<string>();
  return units.map(({ annotations, api }, index) => {
    const said = annotations[lineWord] ?? annotation(annotations, "line");
    const wanted =
      said !== undefined && lineName.test(said) ? said : index === 0 ? mainLine : api.key.name.slice(0, 63);
    const base = lineName.test(wanted) ? wanted : `line-${String(index + 1)}`;
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base}-${String(count)}`;
    taken.add(name);
    return name;
  });
}

/** Names of revisions are known to one API once: in another line the line stands before them. */
function revisionNames(units: readonly Unit[], lines: readonly string[]): (index: number, revision: string) => string {
  const first = new Map<string, number>();
  for (const [index, { api }] of units.entries())
    for (const { name } of api.revisions) if (!first.has(name)) first.set(name, index);
  return (index, revision) =>
    (first.get(revision) ?? index) === index ? revision : `${lines[index] ?? ""}/${revision}`;
}

function joinUnits(key: ObjectKey, units: readonly Unit[], steps: readonly ProvenanceStep[]): DiscoveredApi | null {
  const [main] = units;
  if (main === undefined) return null;
  const lines = nameLines(units);
  const nameOfRevision = revisionNames(units, lines);
  const at = (index: number): string => lines[index] ?? mainLine;
  const each = <Item, Result>(
    read: (api: DiscoveredApi) => readonly Item[],
    change: (item: Item, index: number) => Result,
  ): readonly Result[] => units.flatMap(({ api }, index) => read(api).map((item) => change(item, index)));
  const state = bestState(units.map(({ api }) => ({ state: api.state, reason: api.stateReason })));
  const isSaidByAll = units.every(({ api }) => api.stateReason === main.api.stateReason);
  const reasons = units.map(({ api }, index) =>
    api.stateReason === null || isSaidByAll
      ? api.stateReason
      : `${index === 0 ? "" : `Line ${at(index)}: `}${api.stateReason}`,
  );
  return {
    ...main.api,
    key,
    members: [
      ...new Map([key, ...units.flatMap(({ api }) => api.members)].map((own) => [formatObjectKey(own), own])).values(),
    ],
    title: units.find(({ api }) => api.title !== null)?.api.title ?? null,
    owner: units.find(({ api }) => api.owner !== null)?.api.owner ?? null,
    tags: [...new Set(units.flatMap(({ api }) => api.tags))],
    // Every line may narrow who sees the whole.
    visibility: units.map(({ api }) => api.visibility).reduce(narrower),
    state: state.state,
    stateReason: joinReasons(null, reasons),
    endpoints: each(
      ({ endpoints }) => endpoints,
      (endpoint, index): DiscoveredEndpoint => ({ ...endpoint, line: at(index) }),
    ),
    revisions: each(
      ({ revisions }) => revisions,
      (revision, index): Revision => ({ ...revision, line: at(index), name: nameOfRevision(index, revision.name) }),
    ),
    probes: each(
      ({ probes }) => probes,
      (probe, index): ProbeTarget => ({ ...probe, line: at(index), revision: nameOfRevision(index, probe.revision) }),
    ),
    lines: units.map(({ api }, index) => {
      const current = api.lines[0]?.currentRevision ?? null;
      return { name: at(index), currentRevision: current === null ? null : nameOfRevision(index, current) };
    }),
    provenance: [...steps, ...units.flatMap(({ api }) => api.provenance)].slice(0, 80),
    facts: uniqueFacts(units.flatMap(({ api }) => api.facts)),
    task: units.find(({ api }) => api.task !== null)?.api.task ?? null,
    framework: units.find(({ api }) => api.framework !== null)?.api.framework ?? null,
  };
}

/**
 * Puts under one name what an ApiDescription or `gatebook.dev/api` names so, each thing as a line of its own (DESIGN §4). Of an
 * ApiDescription and objects that claim one name the older has it already (`describe-objects`): the others stand by themselves.
 */
export function groupApis(world: WorldIndex, units: readonly Unit[]): Grouped {
  const warnings: { object: ObjectKey; message: string }[] = [];
  const described = new Map<ApiDescriptionObservation, DiscoveredApi>();
  const groups = new Map<string, Unit[]>();
  const apis: DiscoveredApi[] = [];
  const owners = new Map<string, ApiDescriptionObservation>();
  for (const description of world.apiDescriptions)
    if (!world.plan.refused.has(description)) owners.set(nameOf(description.namespace, description.name), description);
  for (const unit of units) {
    const given = givenName(unit);
    const owner = given === null ? undefined : owners.get(given);
    if (given === null) apis.push(unit.api);
    else if (unit.target === null && owner !== undefined) {
      warnings.push({
        object: unit.api.key,
        message: `ApiDescription ${owner.name} is older and has the name ${owner.name}; this one stands by itself.`,
      });
      apis.push(unit.api);
    } else if (!objectName.test(given.slice(given.indexOf("/") + 1))) {
      const name = given.slice(given.indexOf("/") + 1);
      warnings.push({
        object: unit.api.key,
        message: `gatebook.dev/api says \`${name.slice(0, 100)}\`, which is no name of an object; it is not used.`,
      });
      apis.push(unit.api);
    } else groups.set(given, [...(groups.get(given) ?? []), unit]);
  }
  for (const [given, members] of groups) {
    const slash = given.indexOf("/");
    const key: ObjectKey = {
      cluster: world.cluster,
      namespace: given.slice(0, slash),
      group: "gatebook.dev",
      kind: "ApiDescription",
      name: given.slice(slash + 1),
    };
    const all = [...members].sort(compareUnits);
    const ordered = all.slice(0, linesMax);
    for (const { api } of all.slice(linesMax)) {
      warnings.push({
        object: api.key,
        message: `The API ${key.name} has ${String(linesMax)} lines already, which is the most; this one stands by itself.`,
      });
      apis.push(api);
    }
    const description = ordered.find(({ target }) => target !== null)?.target?.description ?? null;
    const steps = description === null ? [] : [{ object: key, says: "describes it" }];
    const api = joinUnits(key, ordered, steps);
    if (api === null) continue;
    apis.push(api);
    if (description !== null) described.set(description, api);
  }
  return { apis, warnings, described };
}
