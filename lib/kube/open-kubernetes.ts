import type { Clock, Logger } from "../base/index.ts";
import { GatebookError, systemClock } from "../base/index.ts";
import { createChangeBell } from "./change-bell.ts";
import type { ClusterReader, ReaderProblem, ReadOutcome, WriteOutcome } from "./cluster-reader.ts";
import type { RequestFailure } from "./connection.ts";
import { openConnection } from "./connection.ts";
import { createVersionDiscovery, objectPath } from "./discover-version.ts";
import type { KindFollower } from "./follow-kind.ts";
import { followKind } from "./follow-kind.ts";
import type { HeldList } from "./held-list.ts";
import { createHeldList } from "./held-list.ts";
import type { KindRef } from "./kind-ref.ts";
import { formatApiVersion, formatKind } from "./kind-ref.ts";
import type { KubeObject } from "./kube-object.ts";
import { reportList } from "./list-metrics.ts";
import { parseObject } from "./parse-object.ts";
import { createProblemBook } from "./problem-book.ts";
import type { ReaderTiming } from "./reader-timing.ts";
import { defaultReaderTiming } from "./reader-timing.ts";

export type KubernetesOptions = {
  /** The name of the cluster in every key; nothing is asked by it. */
  readonly cluster: string;
  /** Without it the pod's own service account is used. */
  readonly kubeconfigPath?: string;
  readonly kinds: readonly KindRef[];
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly timing?: Partial<ReaderTiming>;
  /** Objects a page of the first list. */
  readonly pageSize?: number;
  /**
   * What is kept of an object that has arrived, for whoever reads it once and for all; its metadata has to be. Without it, all.
   */
  readonly keep?: (ref: KindRef, object: KubeObject) => KubeObject;
};

const crdRef: KindRef = {
  group: "apiextensions.k8s.io",
  kind: "CustomResourceDefinition",
  plural: "customresourcedefinitions",
  versions: ["v1"],
  namespaced: false,
};

const fieldManager = "gatebook";

function refuseWrite(failure: RequestFailure): WriteOutcome {
  const { status, message } = failure;
  if (status === 401 || status === 403) return { kind: "failed", reason: "forbidden", message };
  // What the server understood and does not take: a value that its schema does not allow.
  return { kind: "failed", reason: status === 400 || status === 422 ? "refused" : "unreachable", message };
}

function refuse(failure: RequestFailure): ReadOutcome {
  const isForbidden = failure.status === 401 || failure.status === 403;
  return { kind: "failed", reason: isForbidden ? "forbidden" : "unreachable", message: failure.message };
}

/**
 * Follows kinds of one cluster through its API server. Throws a `configuration` error where there is no usable kubeconfig;
 * whatever happens after that is a list's state. Nothing is asked before `start`.
 */
export function openKubernetes(options: KubernetesOptions): ClusterReader {
  const { cluster, clock = systemClock, pageSize = 500, keep = (_, object) => object } = options;
  const logger = options.logger.child({ room: "kube", cluster });
  const timing: ReaderTiming = { ...defaultReaderTiming, ...options.timing };
  const connection = openConnection(options.kubeconfigPath);
  const discovery = createVersionDiscovery(connection, timing.answerTimeoutMs);
  const bell = createChangeBell(timing.coalesceMs);
  const problems = createProblemBook();
  const stopping = new AbortController();
  const helds = new Map<string, HeldList>();
  const followers = new Map<string, KindFollower>();
  const unreport: (() => void)[] = [];
  let running: readonly Promise<void>[] = [];

  function follow(held: HeldList, isMetadataOnly: boolean): KindFollower {
    const onProblem = (place: string, message: string | null): void => {
      problems.note(place, message);
    };
    return followKind({
      cluster,
      connection,
      discovery,
      held,
      timing,
      pageSize,
      logger,
      isMetadataOnly,
      onProblem,
      keep: (object) => keep(held.list.ref, object),
    });
  }

  /** A definition came, changed or went: its kind looks again. After a whole new list, all kinds that are not there do. */
  function onDefinition(definition: KubeObject | null): void {
    if (definition !== null) {
      followers.get(definition.metadata.name)?.nudge();
      return;
    }
    for (const [kind, follower] of followers) if (helds.get(kind)?.list.state().kind === "absent") follower.nudge();
  }

  for (const ref of options.kinds) {
    if (helds.has(formatKind(ref))) continue;
    const held = createHeldList({
      ref,
      clock,
      onChange() {
        bell.ring();
      },
    });
    helds.set(formatKind(ref), held);
    followers.set(formatKind(ref), follow(held, false));
  }
  const definitions = follow(createHeldList({ ref: crdRef, clock, onChange: onDefinition }), true);

  async function read(ref: KindRef, namespace: string, name: string): Promise<ReadOutcome> {
    // No object has such a name, and a URL would take it for a step elsewhere.
    if ([namespace, name].some((part) => /^\.{1,2}$|[/%]/.test(part))) return { kind: "absent" };
    const found = await discovery.find(ref, stopping.signal);
    if (found.kind === "absent") return found;
    if (found.kind === "failed") return refuse(found);
    const answer = await connection.getJson(objectPath(found.path, ref, namespace, name), {
      signal: stopping.signal,
      timeoutMs: timing.answerTimeoutMs,
    });
    if (answer.kind === "failed") return answer.status === 404 ? { kind: "absent" } : refuse(answer);
    const parsed = parseObject(answer.body, ref, found.version);
    return parsed.kind === "ok"
      ? { kind: "found", object: parsed.object }
      : { kind: "failed", reason: "invalid", message: parsed.message };
  }

  async function writeStatus(ref: KindRef, namespace: string, name: string, status: unknown): Promise<WriteOutcome> {
    const found = await discovery.find(ref, stopping.signal);
    if (found.kind === "absent") return { kind: "gone" };
    if (found.kind === "failed") return refuseWrite(found);
    const path = `${objectPath(found.path, ref, namespace, name)}/status?fieldManager=${fieldManager}&force=true`;
    const apiVersion = formatApiVersion(ref.group, found.version);
    const metadata = ref.namespaced ? { name, namespace } : { name };
    const answer = await connection.applyJson(
      path,
      { apiVersion, kind: ref.kind, metadata, status },
      { signal: stopping.signal, timeoutMs: timing.answerTimeoutMs },
    );
    if (answer.kind === "ok") return { kind: "written" };
    return answer.status === 404 ? { kind: "gone" } : refuseWrite(answer);
  }

  return {
    cluster,
    confirming: true,
    writeStatus,
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
    problems: (): readonly ReaderProblem[] => problems.list(),
    read,
    async start() {
      if (running.length > 0 || stopping.signal.aborted) {
        throw new GatebookError({ code: "internal", message: "A reader is started once." });
      }
      for (const held of helds.values()) unreport.push(reportList(cluster, held.list));
      running = [...followers.values(), definitions].map((follower) => follower.run(stopping.signal));
      await Promise.all([...followers.values()].map((follower) => follower.answered));
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
      bell.stop();
      connection.close();
      for (const end of unreport.splice(0)) end();
    },
  };
}
