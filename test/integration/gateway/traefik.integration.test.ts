import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLogger } from "../../../lib/base/index.ts";
import { discover } from "../../../lib/catalog/index.ts";
import type { ClusterReader, KindRef } from "../../../lib/kube/index.ts";
import { openKubernetes } from "../../../lib/kube/index.ts";
import type { DiscoveredApi, Discovery } from "../../../lib/model/index.ts";
import { watchedKinds } from "../../../lib/sources/index.ts";
import { findTraefik } from "../../../tools/traefik-binary.mjs";
import { startCluster } from "../cluster.ts";
import type { TestCluster } from "../cluster.ts";
import { findFreePorts } from "../cluster-process.ts";
import { makeDefinitions } from "../definitions.ts";
import { deployAccount } from "../deployed-account.ts";
import { waitUntil } from "../wait-until.ts";
import { groundObjects } from "./gateway-objects.ts";
import type { GatewayCase } from "./gateway-objects.ts";
import { httpRouteCases } from "./http-route-cases.ts";
import { httpRoutePlaceCases } from "./http-route-place-cases.ts";
import { ingressCases } from "./ingress-cases.ts";
import { ingressRouteCases } from "./ingress-route-cases.ts";
import { findOwnAddress, modelDocument, startModelBackends } from "./model-backends.ts";
import type { ModelBackends } from "./model-backends.ts";
import { listShownCalls, readCall, sayCall, sendCall } from "./shown-calls.ts";
import type { Answer, Call, ShownCall } from "./shown-calls.ts";
import { startTraefik } from "./traefik-process.ts";
import type { EntryPorts, TraefikProcess } from "./traefik-process.ts";

const binary = findTraefik();
const address = findOwnAddress();
const missing =
  binary === null
    ? "Traefik is not at hand; npm run test:gateway builds it first."
    : address === null
      ? "This machine has no address but loopback, which no EndpointSlice may name."
      : null;
if (missing !== null) process.stderr.write(`Skipped: the URLs of a real gateway. ${missing}\n`);

const groups = {
  HTTPRoute: [...httpRouteCases, ...httpRoutePlaceCases],
  Ingress: ingressCases,
  IngressRoute: ingressRouteCases,
} as const;
const cases = Object.values(groups).flat();
const objects = cases.flatMap((own) => own.objects);

let cluster: TestCluster;
let backends: ModelBackends | undefined;
let traefik: TraefikProcess | undefined;
let reader: ClusterReader | undefined;
let ports: EntryPorts;
let discovery: Discovery;

/** Kinds that Traefik lists before it serves anything, beside those that Gatebook reads. */
function traefikKinds(): readonly KindRef[] {
  const names = {
    IngressRouteTCP: "ingressroutetcps",
    IngressRouteUDP: "ingressrouteudps",
    MiddlewareTCP: "middlewaretcps",
    ServersTransport: "serverstransports",
    ServersTransportTCP: "serverstransporttcps",
    TLSOption: "tlsoptions",
    TLSStore: "tlsstores",
  };
  const gateway = { group: "gateway.networking.k8s.io", versions: ["v1"] };
  return [
    ...Object.entries(names).map(([kind, plural]) => ({
      ...{ group: "traefik.io", kind, plural },
      ...{ versions: ["v1alpha1"], namespaced: true },
    })),
    { ...gateway, kind: "BackendTLSPolicy", plural: "backendtlspolicies", namespaced: true },
    { ...gateway, kind: "GatewayClass", plural: "gatewayclasses", namespaced: false },
  ];
}

async function applyEverything(): Promise<void> {
  const served = watchedKinds.filter(({ group }) => ["gateway.networking.k8s.io", "traefik.io"].includes(group));
  await cluster.apply(makeDefinitions([...served, ...traefikKinds()]));
  await cluster.apply([...groundObjects(address ?? "", ports), ...objects, ...(backends?.slices ?? [])]);
}

/** Objects whose status Traefik writes, and has not written yet. */
async function waitingForStatus(): Promise<readonly string[]> {
  const states = await Promise.all(
    objects
      .filter(({ kind }) => kind === "HTTPRoute" || kind === "Ingress")
      .map(async (object) => {
        const status = JSON.stringify((await cluster.get(object))?.["status"] ?? {});
        const isWritten = object.kind === "Ingress" ? status.includes('"ip"') : status.includes('"ResolvedRefs"');
        return isWritten ? [] : [`${object.kind} ${object.metadata.name}: ${status}`];
      }),
  );
  return states.flat();
}

function send(call: Call): Promise<Answer> {
  return sendCall(call, address ?? "", ports);
}

/** Each provider gives all that it has at once: one call of each that is answered is enough. */
async function isServing(): Promise<boolean> {
  const probes = [
    "GET http://strip.test/api/rank/health",
    "GET http://strip-i.test/api/rank/health",
    "GET http://strip-t.test/api/rank/health",
  ];
  const answers = await Promise.all(probes.map((probe) => send(readCall(probe))));
  return answers.every(({ status }) => status === 200);
}

async function readCluster(): Promise<Discovery> {
  const account = await deployAccount(cluster);
  const opened = openKubernetes({
    cluster: "test",
    kubeconfigPath: account.kubeconfigPath,
    kinds: watchedKinds,
    logger: createLogger("test", "silent"),
  });
  reader = opened;
  await opened.start();
  const unread = (): readonly string[] =>
    opened
      .lists()
      .filter((list) => {
        const wanted = [...objects, ...(backends?.slices ?? [])].filter(({ kind }) => kind === list.ref.kind).length;
        const { kind } = list.state();
        return kind !== "absent" && (kind !== "synced" || list.objects().length < wanted);
      })
      .map((list) => `${list.ref.plural}: ${JSON.stringify(list.state())}`);
  await waitUntil("every kind to be read", () => unread().length === 0, { describe: unread, timeoutMs: 60_000 });
  return discover({
    cluster: "test",
    lists: opened.lists(),
    confirming: true,
    settings: { publicNamespaces: [], portal: null },
  });
}

beforeAll(async () => {
  if (binary === null || address === null) return;
  cluster = await startCluster();
  const [web = 0, websecure = 0] = await findFreePorts(2);
  ports = { web, websecure };
  backends = await startModelBackends(
    objects.filter(({ kind }) => kind === "Service"),
    address,
  );
  await applyEverything();
  const started = startTraefik({
    binary,
    address,
    ports,
    kubeconfigPath: cluster.kubeconfigPath,
    publishedService: "traefik/traefik",
  });
  traefik = started;
  const describe = (): string => started.tail();
  await waitUntil("Traefik to write every status", async () => (await waitingForStatus()).length === 0, {
    timeoutMs: 60_000,
    everyMs: 200,
    describe,
  });
  await waitUntil("Traefik to serve what each provider gives", isServing, {
    timeoutMs: 30_000,
    everyMs: 100,
    describe,
  });
  discovery = await readCluster();
}, 300_000);

afterAll(async () => {
  await reader?.stop();
  await traefik?.stop();
  await backends?.stop();
  if (missing === null) await cluster.stop();
});

function apiOf({ api }: GatewayCase): DiscoveredApi {
  const found = discovery.apis.find(({ key }) => key.namespace === api.namespace && key.name === api.name);
  if (found === undefined) throw new Error(`There is no API ${api.namespace}/${api.name}.`);
  return found;
}

function revisionsOf({ api, revisions }: GatewayCase): readonly string[] {
  return revisions ?? [`${api.namespace}/${api.name}`];
}

async function arrives(own: GatewayCase, call: Call, inside: string | null): Promise<boolean> {
  const { arrival } = await send(call);
  return (
    arrival !== null &&
    revisionsOf(own).includes(arrival.service) &&
    (inside === null || (arrival.path === inside && arrival.method === call.method))
  );
}

/** A call that a case writes, at the port of the one that is shown, where it is. */
function findShown(shown: readonly ShownCall[], said: string): ShownCall | undefined {
  return shown.find((call) => sayCall(call) === said);
}

async function checkAnswers(own: GatewayCase, shown: readonly ShownCall[]): Promise<void> {
  const deviating = own.deviations?.calls ?? [];
  for (const call of shown.filter((call) => !deviating.includes(sayCall(call))))
    expect(await arrives(own, call, call.inside), `${sayCall(call)} answers: ${JSON.stringify(await send(call))}`).toBe(
      true,
    );
  for (const said of own.elsewhere ?? []) {
    expect(findShown(shown, said), `${said} is shown`).toBeUndefined();
    expect(await arrives(own, readCall(said), null), `${said} arrives`).toBe(false);
  }
  for (const said of deviating) {
    const call = findShown(shown, said);
    const arrived = await arrives(own, call ?? readCall(said), call?.inside ?? null);
    expect(arrived, `${said} is as the standard has it by now`).toBe(call === undefined);
  }
}

async function checkRevisions(own: GatewayCase, shown: readonly ShownCall[]): Promise<void> {
  const [first] = shown;
  if (own.revisions === undefined || first === undefined) return;
  const seen = new Set<string>();
  await waitUntil(
    "each revision to be reached",
    async () => {
      seen.add((await send(first)).arrival?.service ?? "");
      return revisionsOf(own).every((revision) => seen.has(revision));
    },
    { describe: () => [...seen] },
  );
  expect(
    apiOf(own)
      .revisions.map(({ name }) => `${own.api.namespace}/${name}`)
      .sort(),
  ).toEqual([...revisionsOf(own)].sort());
}

describe("the URLs that a page shows, called at a real Traefik", () => {
  if (missing !== null) {
    it("every one is answered as it is shown", ({ skip }) => {
      skip(missing);
    });
    return;
  }
  describe.each(Object.entries(groups))("%s", (_, own) => {
    it.each(own.map((each) => [each.name, each] as const))("%s", async (__, each) => {
      const api = apiOf(each);
      const shown = listShownCalls(api, modelDocument);
      expect(shown.map((call) => `${sayCall(call)} > ${call.inside}`).sort()).toEqual([...each.shows].sort());
      await checkAnswers(each, shown);
      await checkRevisions(each, shown);
      if (each.problem !== undefined)
        expect(
          api.endpoints.flatMap(({ reach, problem }) => (reach === "public" ? [problem ?? ""] : [])),
        ).toContainEqual(expect.stringContaining(each.problem));
    });
  });
});
