import { watch } from "chokidar";
import type { Clock, Logger } from "../base/index.ts";
import { GatebookError, systemClock } from "../base/index.ts";
import type { ListState } from "../model/index.ts";
import { createChangeBell } from "./change-bell.ts";
import type { ClusterReader, ReadOutcome } from "./cluster-reader.ts";
import type { HeldList } from "./held-list.ts";
import { createHeldList } from "./held-list.ts";
import type { KindRef } from "./kind-ref.ts";
import { formatKind } from "./kind-ref.ts";
import type { KnownFile } from "./known-file.ts";
import { takeFile } from "./known-file.ts";
import type { KubeObject } from "./kube-object.ts";
import { reportList } from "./list-metrics.ts";
import type { ManifestObject } from "./read-manifest.ts";
import { readManifestObject } from "./read-manifest.ts";
import { scanFolder } from "./scan-folder.ts";

export type ManifestsOptions = {
  readonly cluster: string;
  readonly folder: string;
  readonly kinds: readonly KindRef[];
  readonly logger: Logger;
  readonly clock?: Clock;
  /** How long a file must be at rest before it is read. */
  readonly settleMs?: number;
  /** The folder is looked through this often even when nothing is heard of it. */
  readonly rescanMs?: number;
  readonly fileBytesMax?: number;
};

const filesMax = 5_000;
const problemsMax = 100;

/**
 * Reads kinds from a folder of YAML and JSON, and again whenever it changes. Nothing is asked before `start`. A folder that
 * cannot be read makes every list stale; a file that cannot makes those stale whose kinds it held or names.
 */
export function openManifests(options: ManifestsOptions): ClusterReader {
  const { cluster, folder, clock = systemClock, settleMs = 60, rescanMs = 5_000 } = options;
  const logger = options.logger.child({ room: "kube", cluster, folder });
  const bytesMax = options.fileBytesMax ?? 4 * 1024 * 1024;
  const bell = createChangeBell(20);
  const helds = new Map<string, HeldList>();
  const refs = new Map<string, KindRef>();
  const unreport: (() => void)[] = [];
  let known = new Map<string, KnownFile>();
  let problems: readonly { readonly place: string; readonly message: string }[] = [];
  let scanning: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isDue = false;
  let isStopped = false;
  let watcher: ReturnType<typeof watch> | undefined;

  for (const ref of options.kinds) {
    const held = createHeldList({
      ref,
      clock,
      onChange() {
        bell.ring();
      },
    });
    helds.set(formatKind(ref), held);
    refs.set(`${ref.group}/${ref.kind}`, ref);
  }

  function findRef(object: ManifestObject): KindRef | undefined {
    const ref = refs.get(`${object.group}/${String(object.raw["kind"])}`);
    return ref?.versions.includes(object.version) === true ? ref : undefined;
  }

  /** Gives every list its objects; of two files that hold the same object, the first by name counts. */
  function publish(found: { place: string; message: string }[]): void {
    const objects = new Map<KindRef, Map<string, KubeObject>>([...refs.values()].map((ref) => [ref, new Map()]));
    const versions = new Map<KindRef, string>();
    for (const [name, file] of [...known].sort(([left], [right]) => (left < right ? -1 : 1))) {
      if (file.problem !== null) found.push({ place: name, message: file.problem.message });
      for (const { manifest, watched } of file.objects) {
        if (watched === null) continue;
        const { ref, object } = watched;
        const { namespace = "", name: objectName } = object.metadata;
        const key = `${namespace}/${objectName}`;
        if (objects.get(ref)?.has(key) === true) {
          found.push({ place: name, message: `${ref.kind} ${key} is in another file too, which comes first` });
          continue;
        }
        objects.get(ref)?.set(key, object);
        versions.set(ref, manifest.version);
      }
    }
    problems = found.slice(0, problemsMax);
    for (const held of helds.values()) {
      const ref = held.list.ref;
      held.replaceAll([...(objects.get(ref)?.values() ?? [])]);
      held.setServedVersion(versions.get(ref) ?? ref.versions[0] ?? null);
      const state = stateOf(ref);
      if (state.kind === "synced") held.confirm();
      held.setState(state);
    }
  }

  function stateOf(ref: KindRef): ListState {
    for (const [name, file] of known) {
      if (file.problem === null) continue;
      const { kinds, message } = file.problem;
      const isNamed = kinds === null || kinds.has(ref.kind);
      const isHeld = file.objects.some((object) => object.watched?.ref === ref);
      if (!isNamed && !isHeld) continue;
      return { kind: "stale", reason: "invalid", message: `${name}: ${message}. What it held before is kept.` };
    }
    return { kind: "synced" };
  }

  async function scanOnce(restMs: number): Promise<void> {
    const stamps = new Map([...known].map(([name, file]) => [name, file.stamp]));
    const found = await scanFolder(folder, stamps, { filesMax, bytesMax, settleMs: restMs });
    if (isStopped) return;
    if (found.kind === "unreadable") {
      const message = `The folder ${folder} cannot be read: ${found.message}.`;
      if (problems[0]?.message !== message) logger.warn(message);
      problems = [{ place: folder, message }];
      for (const held of helds.values()) held.setState({ kind: "stale", reason: "unreachable", message });
      return;
    }
    const before = known;
    known = new Map(found.files.map((file) => [file.name, takeFile(file, before.get(file.name), findRef)]));
    for (const [name, file] of known) {
      if (file.problem !== null && file !== before.get(name))
        logger.warn(`${name} is not used: ${file.problem.message}`);
    }
    publish(found.problems.map(({ name, message }) => ({ place: name === "" ? folder : name, message })));
    if (found.isUnsettled) scanSoon(settleMs);
  }

  async function scan(restMs: number): Promise<void> {
    try {
      await scanOnce(restMs);
    } catch (err) {
      // A fault of ours: it must be seen, and the next scan must still happen.
      logger.error({ err }, "Reading the folder failed.");
      const message = "The portal failed at reading the folder; see its log.";
      for (const held of helds.values()) held.setState({ kind: "stale", reason: "invalid", message });
    }
  }

  /** Scans after a moment, one scan at a time; what is heard meanwhile leads to one more. */
  function scanSoon(waitMs: number): void {
    if (isStopped || isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      scanning = scanning.then(() => scan(settleMs));
    }, waitMs);
  }

  async function read(ref: KindRef, namespace: string, name: string): Promise<ReadOutcome> {
    await scanning;
    for (const file of known.values()) {
      for (const { manifest } of file.objects) {
        const { group, version, raw } = manifest;
        if (group !== ref.group || raw["kind"] !== ref.kind || !ref.versions.includes(version)) continue;
        const read = readManifestObject(manifest, ref);
        if (read.kind !== "ok" || read.object.metadata.name !== name) continue;
        if ((read.object.metadata.namespace ?? "") === (ref.namespaced ? namespace : "")) {
          return { kind: "found", object: read.object };
        }
      }
    }
    return { kind: "absent" };
  }

  return {
    cluster,
    confirming: false,
    writeStatus: null,
    list(ref) {
      const held = helds.get(formatKind(ref));
      if (held === undefined) {
        throw new GatebookError({
          code: "internal",
          message: `${formatKind(ref)} is not among the kinds that are read.`,
        });
      }
      return held.list;
    },
    lists: () => [...helds.values()].map((held) => held.list),
    subscribe: (listener) => bell.subscribe(listener),
    problems: () => problems,
    read,
    async start() {
      for (const held of helds.values()) unreport.push(reportList(cluster, held.list));
      watcher = watch(folder, { ignoreInitial: true, ignorePermissionErrors: true, depth: 12 });
      watcher.on("all", () => {
        scanSoon(settleMs);
      });
      const { promise: heard, resolve: setHeard } = Promise.withResolvers<undefined>();
      watcher.on("ready", () => {
        setHeard(undefined);
      });
      watcher.on("error", (err) => {
        // Too many watches, say: the timer still finds every change.
        logger.warn({ err }, "The folder cannot be watched; changes are seen only every few seconds.");
        setHeard(undefined);
      });
      timer = setInterval(() => {
        scanSoon(0);
      }, rescanMs);
      // What is there at the start is taken as it is, at rest or not: waiting would only show an empty portal.
      scanning = scan(0);
      await Promise.all([scanning, heard]);
      // What changed after that reading and before the first event that could be heard.
      scanSoon(0);
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      bell.stop();
      await watcher?.close();
      await scanning;
      for (const end of unreport.splice(0)) end();
    },
  };
}
