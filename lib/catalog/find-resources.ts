import type { Composed, ModelFact, ObjectKey } from "../model/index.ts";
import type { Observed, ResourceObservation, ResourcePart } from "../sources/index.ts";
import type { FoundEndpoint } from "./assemble-api.ts";
import type { Claims } from "./claim-services.ts";
import { fact } from "./model-facts.ts";
import type { Exposure } from "./routes/exposure.ts";
import { keyOf } from "./routes/exposure.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf, resourceName } from "./names.ts";

type Exposing = (service: string) => readonly Exposure[];

/** The resource in whose server it is one model of several; null where it has its own, or that one does not exist. */
export function hostOf(world: WorldIndex, { host }: ResourceObservation): ResourceObservation | null {
  return host === null ? null : (world.resources.get(host) ?? null);
}

/** The split that an experiment of Seldon's makes of a model or a pipeline. */
function experimentParts(world: WorldIndex, resource: ResourceObservation): readonly ResourcePart[] | null {
  const experiment = world.experiments
    .filter((own) => own.ready !== false)
    .find(
      (own) =>
        own.namespace === resource.namespace && own.defaultName === resource.name && own.resource === resource.kind,
    );
  if (experiment === undefined || experiment.candidates.length === 0) return null;
  const total = experiment.candidates.reduce((sum, candidate) => sum + candidate.weight, 0);
  return experiment.candidates.map(({ name, weight }): ResourcePart => {
    const other = world.resources.get(resourceName({ ...resource, name }));
    const [part] = other?.parts ?? [];
    return {
      name,
      percent: total === 0 ? 0 : Math.round((weight / total) * 1000) / 10,
      ready: part?.ready ?? null,
      services: [],
      revision: null,
      images: part?.images ?? [],
      containers: [],
      modelName: name,
      shadow: false,
    };
  });
}

/** Two functions behind one API gateway: the first is the API, the other its revision. */
function gatewayOf(resource: ResourceObservation, exposing: Exposing): Exposure | null {
  if (resource.kind !== "NuclioFunction") return null;
  return (
    exposing(nameOf(resource.namespace, `nuclio-${resource.name}`)).find(
      ({ route, backends }) => route.kind === "NuclioAPIGateway" && backends.length > 1,
    ) ?? null
  );
}

function functionName(service: string): string {
  return service.slice(service.indexOf("/") + 1).replace(/^nuclio-/, "");
}

/** The function that has another one as its revision behind a Nuclio API gateway; null where it stands by itself. */
export function firstOfGateway(resource: ResourceObservation, exposing: Exposing): string | null {
  const first = gatewayOf(resource, exposing)?.backends[0];
  if (first === undefined || functionName(first.service) === resource.name) return null;
  return functionName(first.service);
}

/** What experiments, API gateways, hosts and children of Knative's say of a resource's traffic; its own parts where nobody does. */
export function trafficOf(
  world: WorldIndex,
  claims: Claims,
  resource: ResourceObservation,
  exposing: Exposing,
): readonly ResourcePart[] {
  const host = hostOf(world, resource);
  if (host !== null)
    return trafficOf(world, claims, host, exposing).map((part) => ({ ...part, modelName: resource.name }));
  const split = experimentParts(world, resource);
  if (split !== null) return split;
  const gateway = gatewayOf(resource, exposing);
  if (gateway !== null && functionName(gateway.backends[0]?.service ?? "") === resource.name)
    return gateway.backends.flatMap(({ service, sharePercent }) => {
      const name = functionName(service);
      const other = world.resources.get(resourceName({ ...resource, name }));
      const gone: ResourcePart = {
        name,
        percent: 0,
        ready: false,
        services: [],
        revision: null,
        images: [],
        containers: [],
        modelName: null,
        shadow: false,
      };
      return (other?.parts ?? [gone]).map((part) => ({ ...part, percent: sharePercent }));
    });
  return knativeParts(world, claims, resource) ?? resource.parts;
}

/** Revisions of a Knative Service that a resource made for itself and says nothing of (InferenceGraph). */
function knativeParts(
  world: WorldIndex,
  claims: Claims,
  resource: ResourceObservation,
): readonly ResourcePart[] | null {
  if (resource.parts.some(({ revision }) => revision !== null)) return null;
  const child = world.resources.get(
    resourceName({ kind: "KnativeService", namespace: resource.namespace, name: resource.name }),
  );
  if (child === undefined || claims.folded.get(resourceName(child)) !== resource || child.parts.length === 0)
    return null;
  return child.parts;
}

/** Another address of a Knative Service, or of the resource that made it. */
export function mappedDomains(world: WorldIndex, claims: Claims, owner: Observed): readonly FoundEndpoint[] {
  return world.domainMappings.flatMap((mapping): readonly FoundEndpoint[] => {
    const { url, target, namespace, problem } = mapping;
    if (url === null || target === null || namespace !== owner.namespace || !URL.canParse(url)) return [];
    const isKnative = target.group === "serving.knative.dev" || target.group === "";
    if (target.kind !== "Service" || !isKnative) return [];
    const name = resourceName({ kind: "KnativeService", namespace, name: target.name });
    const root = claims.folded.get(name) ?? world.resources.get(name);
    if (root !== owner) return [];
    // What is not ready yet is nobody's address; that it is wanted is told with it.
    if (problem !== null && world.confirming) return [];
    return [
      {
        url: url.replace(/\/+$/, ""),
        reach: "public",
        paths: [{ match: "prefix", publicPath: "/", backendPath: "/", methods: null, headers: [], except: [] }],
        requiredHeaders: [],
        address: null,
        via: keyOf(world, mapping),
        isPattern: false,
        problem: null,
      },
    ];
  });
}

/** Why a domain that somebody mapped to it is not among its addresses. */
export function domainProblems(world: WorldIndex, claims: Claims, owner: Observed): readonly string[] {
  if (!world.confirming) return [];
  return world.domainMappings.flatMap(({ target, namespace, problem }) => {
    if (target === null || namespace !== owner.namespace || problem === null) return [];
    const name = resourceName({ kind: "KnativeService", namespace, name: target.name });
    return (claims.folded.get(name) ?? world.resources.get(name)) === owner ? [problem] : [];
  });
}

/** What other objects know of a resource: its project, its server, its Bento, an experiment that copies its calls. */
export function factsBeside(world: WorldIndex, resource: ResourceObservation): readonly ModelFact[] {
  const { namespace, labels, facts } = resource;
  const said = (name: string): string | null => facts.find((own) => own.name === name)?.value ?? null;
  switch (resource.kind) {
    case "NuclioFunction": {
      const project = labels["nuclio.io/project-name"];
      const known = project === undefined ? undefined : world.projects.get(nameOf(namespace, project));
      return fact("Project description", known?.description);
    }
    case "BentoDeployment": {
      const bento = world.bentos.get(nameOf(namespace, said("Bento") ?? ""));
      return bento === undefined
        ? []
        : [
            ...fact("Bento", bento.tag),
            ...fact("Server version", bento.bentomlVersion),
            ...fact("Image", bento.image),
            ...fact("Models", bento.models.join(", ")),
          ];
    }
    case "Model":
    case "Pipeline": {
      const server = world.modelServers.get(nameOf(namespace, said("Model server") ?? ""));
      const mirrors = world.experiments.flatMap(({ mirror, defaultName, resource: kind, namespace: own }) =>
        mirror !== null && own === namespace && kind === resource.kind && defaultName === resource.name
          ? [`${mirror.name} (${String(mirror.percent)} %)`]
          : [],
      );
      const tellServer =
        server === undefined
          ? null
          : [
              server.config,
              server.loadedModels === null ? null : `${String(server.loadedModels)} models loaded`,
              server.ready === false ? "not ready" : null,
            ]
              .filter((part) => part !== null)
              .join(", ");
      return [...fact("Server configuration", tellServer), ...fact("Shadow traffic", mirrors.join(", "))];
    }
    default:
      return [];
  }
}

/** The APIs that a resource passes calls through. */
export function composedOf(world: WorldIndex, { composed }: ResourceObservation): Composed | null {
  if (composed === null) return null;
  const key = (name: string | null): ObjectKey | null => {
    const found = name === null ? undefined : world.resources.get(name);
    return found === undefined ? null : keyOf(world, found);
  };
  return { entry: key(composed.entry), exit: key(composed.exit) };
}
