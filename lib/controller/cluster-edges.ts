import { isIP } from "node:net";
import { acquireDescription, shouldAsk } from "../acquire/index.ts";
import { discover } from "../catalog/index.ts";
import type { ControllerSettings } from "../env/index.ts";
import { createAddressGuard } from "../http/index.ts";
import type { ClusterReader, KindRef } from "../kube/index.ts";
import type { SourceStatus } from "../model/index.ts";
import { apiDescriptionSource } from "../sources/index.ts";
import type { Edges } from "./edges.ts";

const configMapKind: KindRef = {
  group: "",
  kind: "ConfigMap",
  plural: "configmaps",
  versions: ["v1"],
  namespaced: true,
};

/** One text of a ConfigMap, read when it is needed; null where the map or the key is missing, or may not be read. */
async function readConfigMap(
  reader: ClusterReader,
  namespace: string,
  name: string,
  key: string,
): Promise<string | null> {
  const answer = await reader.read(configMapKind, namespace, name);
  if (answer.kind !== "found") return null;
  const data = answer.object["data"];
  const text: unknown =
    typeof data === "object" && data !== null && Object.hasOwn(data, key) ? Reflect.get(data, key) : null;
  return typeof text === "string" ? text : null;
}

/** Where our own database is, if its URL says so by address: nothing is fetched from there, whatever an object claims. */
function databaseHosts(databaseUrl: string): readonly string[] {
  const { hostname, port } = new URL(databaseUrl);
  return isIP(hostname.replace(/^\[|\]$/g, "")) === 0 ? [] : [`${hostname}:${port === "" ? "5432" : port}`];
}

/** Where the controller runs, as its pod is told; null outside of a cluster. */
function portalPlace({ POD_NAMESPACE: namespace, POD_NAME: pod }: ControllerSettings) {
  return namespace === undefined || pod === undefined ? null : { namespace, pod };
}

/** Binds what the edges offer to one reader and the settings. */
export function createClusterEdges(reader: ClusterReader, settings: ControllerSettings): Edges {
  const { cluster, confirming, writeStatus } = reader;
  const guard = createAddressGuard({
    allowHosts: settings.GATEBOOK_ALLOW_HOSTS,
    refuseHosts: databaseHosts(settings.DATABASE_URL),
  });
  return {
    cluster,
    discover: () =>
      discover({
        cluster,
        confirming,
        lists: reader.lists(),
        settings: { publicNamespaces: settings.GATEBOOK_PUBLIC_NAMESPACES, portal: portalPlace(settings) },
      }),
    describeLists: () =>
      reader.lists().map((list): SourceStatus => ({
        cluster,
        group: list.ref.group,
        version: list.servedVersion() ?? list.ref.versions[0] ?? "",
        kind: list.ref.kind,
        state: list.state(),
        objectCount: list.objects().length,
        confirmedAt: list.confirmedAt(),
        lagMs: list.lagMs(),
      })),
    isGone: ({ group, kind, namespace, name }) => {
      // An API of this kind may be made by an annotation of another object.
      if (kind === "ApiDescription") return false;
      const list = reader.lists().find(({ ref }) => ref.group === group && ref.kind === kind);
      return list?.state().kind === "synced" && list.get(namespace, name) === undefined;
    },
    subscribe: (listener) => reader.subscribe(listener),
    pageUrl: (path) => new URL(`${settings.PUBLIC_URL.replace(/\/+$/, "")}${path}`).href,
    writeStatus:
      writeStatus === null
        ? null
        : ({ namespace, name }, status) => writeStatus(apiDescriptionSource.kind, namespace, name, status),
    shouldAsk: (target, record, now) => shouldAsk(target, record, now).ask,
    acquire: (target, known) =>
      acquireDescription(target, {
        ...known,
        guard,
        bodyBytesMax: settings.DESCRIPTION_BYTES_MAX,
        readConfigMap: (namespace, name, key) => readConfigMap(reader, namespace, name, key),
      }),
  };
}
