import type { Logger } from "../base/index.ts";
import type { ListState } from "../model/index.ts";
import type { Connection, RequestFailure } from "./connection.ts";
import type { VersionDiscovery } from "./discover-version.ts";
import type { HeldList } from "./held-list.ts";
import type { KubeObject } from "./kube-object.ts";
import { formatKind } from "./kind-ref.ts";
import { listMetrics } from "./list-metrics.ts";
import { listPages } from "./list-pages.ts";
import { parseObject } from "./parse-object.ts";
import { backoffMs, pause } from "./pause.ts";
import { readChangedAt, readPlaceOf } from "./raw-object.ts";
import type { ReaderTiming } from "./reader-timing.ts";
import type { WatchEnd } from "./watch-session.ts";
import { runWatch } from "./watch-session.ts";
import type { WatchEvent } from "./watch-stream.ts";

type FollowOptions = {
  readonly cluster: string;
  readonly connection: Connection;
  readonly discovery: VersionDiscovery;
  readonly held: HeldList;
  readonly timing: ReaderTiming;
  readonly pageSize: number;
  readonly logger: Logger;
  /** Asks for the metadata of the objects alone. */
  readonly isMetadataOnly?: boolean;
  /** Called with what was left out, and with null when the same object is good again. */
  readonly onProblem: (place: string, message: string | null) => void;
  /** What is held of an object that arrived. */
  readonly keep: (object: KubeObject) => KubeObject;
};

export type KindFollower = {
  /** Follows until the signal; never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** Something may have changed about the kind itself: look now. */
  nudge(): void;
  /** Resolves when the kind was answered once, whatever the answer. */
  readonly answered: Promise<void>;
};

type Place = { readonly version: string; readonly path: string };
type Watched = Place & { readonly resourceVersion: string };
type Step =
  | { readonly kind: "discover"; readonly resume: Watched | null }
  | { readonly kind: "list"; readonly place: Place }
  | { readonly kind: "watch"; readonly watched: Watched };
type Next = { readonly step: Step; readonly waitMs: number };

/**
 * A kind in which nothing happens may be silent for as long as it likes, where etcd does not report progress. So may one whose
 * watch began at a version that the server will not reach, after a restored backup; now and then it is therefore listed.
 */
const silencesBeforeList = 10;

const metadataOnly = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
const metadataListOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/** Keeps one kind's list current: discovers, lists, watches, and begins again where it must, for ever. */
export function followKind(options: FollowOptions): KindFollower {
  const { cluster, connection, discovery, held, timing } = options;
  const ref = held.list.ref;
  const kind = formatKind(ref);
  const labels = { cluster, kind };
  const logger = options.logger.child({ kind });
  const answered = Promise.withResolvers<undefined>();
  let wake = new AbortController();
  let isNudged = false;
  /** Failures since the last answer, watches of no use in a row, quiet ones in a row, looks at an absent kind since a nudge. */
  let failures = 0;
  let watchFailures = 0;
  let absentLooks = 0;
  let silences = 0;
  let recheck: NodeJS.Timeout | undefined;
  let rechecks = 0;
  let missingSince: number | null = null;
  let isStopped = false;

  function setState(state: ListState): void {
    // What ends because we stop says nothing about the cluster.
    if (isStopped) return;
    const before = held.list.state();
    held.setState(state);
    if (held.list.state() === before) return;
    if (state.kind === "stale") {
      if (before.kind === "stale" && before.reason === state.reason) return;
      logger.warn({ reason: state.reason, objects: held.list.objects().length }, `List is stale: ${state.message}`);
    } else {
      logger.info({ objects: held.list.objects().length }, `List is ${state.kind}.`);
    }
  }

  function setStale(reason: "forbidden" | "unreachable" | "expired" | "invalid", message: string): void {
    listMetrics.failures.inc({ ...labels, reason });
    setState({ kind: "stale", reason, message });
  }

  function retry(step: Step, maxMs = timing.retryMaxMs, leastMs = 0): Next {
    const waitMs = Math.max(leastMs, backoffMs(failures, timing.retryFirstMs, maxMs));
    failures += 1;
    return { step, waitMs };
  }

  /** After a watch of no use. One that keeps failing may fail because of where it begins: then only a new list helps. */
  function retryWatch(watched: Watched, maxMs = timing.retryMaxMs, leastMs = 0): Next {
    const waitMs = Math.max(leastMs, backoffMs(watchFailures, timing.retryFirstMs, maxMs));
    watchFailures += 1;
    return { step: watchFailures > 2 ? { kind: "list", place: watched } : { kind: "watch", watched }, waitMs };
  }

  /** What to do after a request that brought nothing; `again` is the step that it belonged to. */
  function recover(failure: RequestFailure, verb: "list" | "watch" | "discover", again: Step): Next {
    const resume = again.kind === "watch" ? again.watched : again.kind === "discover" ? again.resume : null;
    // Lists that succeed between watches that fail must not shorten the wait.
    const afresh = (from: Watched | null, maxMs = timing.retryMaxMs): Next => {
      const next = again.kind === "watch" ? retryWatch(again.watched, maxMs) : retry(again, maxMs);
      return { ...next, step: { kind: "discover", resume: from } };
    };
    switch (failure.status) {
      case 401:
        setStale("forbidden", `The API server does not accept the credentials: ${failure.message}.`);
        return afresh(resume);
      case 403:
        // Who may list and not watch gets a list now and then.
        setStale("forbidden", `The account may not ${verb} ${kind}: ${failure.message}.`);
        return afresh(null, timing.forbiddenRetryMs);
      case 404:
        discovery.forget();
        return afresh(null);
      default:
        setStale("unreachable", `Kubernetes cannot ${verb} ${kind}: ${failure.message}.`);
        return again.kind === "watch"
          ? retryWatch(again.watched, timing.retryMaxMs, failure.retryAfterMs ?? 0)
          : retry(again, timing.retryMaxMs, failure.retryAfterMs ?? 0);
    }
  }

  /** Discovery says that the kind is not there. One that was is believed gone only after a second look. */
  function acceptAbsence(): Next {
    const step: Step = { kind: "discover", resume: null };
    const now = performance.now();
    if (held.list.servedVersion() !== null) {
      missingSince ??= now;
      if (now - missingSince < timing.absentConfirmMs) {
        setStale(
          "expired",
          `The API server does not offer ${kind} any more; it is asked again before that is believed.`,
        );
        return { step, waitMs: timing.absentConfirmMs - (now - missingSince) + 1 };
      }
    }
    missingSince = null;
    failures = 0;
    rechecks = 0;
    held.replaceAll([]);
    held.setServedVersion(null);
    held.confirm();
    setState({ kind: "absent" });
    const waitMs = backoffMs(absentLooks, timing.retryFirstMs, timing.absentRetryMaxMs);
    absentLooks += 1;
    return { step, waitMs };
  }

  /** Discovery lags behind definitions, so a kind that was just found or nudged is looked for again, twice. */
  function planRecheck(): void {
    if (ref.group === "" || rechecks >= 2) return;
    clearTimeout(recheck);
    recheck = setTimeout(lookAgain, timing.versionRecheckMs * (rechecks === 0 ? 1 : 4));
    rechecks += 1;
  }

  async function discover(resume: Watched | null, signal: AbortSignal): Promise<Next> {
    const outcome = await discovery.find(ref, signal);
    switch (outcome.kind) {
      case "failed":
        return recover(outcome, "discover", { kind: "discover", resume });
      case "absent":
        return acceptAbsence();
      case "served":
        missingSince = null;
        absentLooks = 0;
        planRecheck();
        if (resume !== null && resume.path === outcome.path) {
          return { step: { kind: "watch", watched: resume }, waitMs: 0 };
        }
        return { step: { kind: "list", place: outcome }, waitMs: 0 };
    }
  }

  /** The object, or what is held under its name where it cannot be read, or null. */
  function parse(raw: unknown, version: string): KubeObject | null {
    const parsed = parseObject(raw, ref, version);
    const { namespace, name } = readPlaceOf(raw);
    const place = `${ref.kind} ${namespace}/${name}`;
    if (parsed.kind === "ok") {
      options.onProblem(place, null);
      return options.keep(parsed.object);
    }
    listMetrics.invalid.inc(labels);
    options.onProblem(place, parsed.message);
    return held.list.get(namespace, name) ?? null;
  }

  async function list(place: Place, signal: AbortSignal): Promise<Next> {
    const step: Step = { kind: "list", place };
    const outcome = await listPages({
      connection,
      path: place.path,
      signal,
      timeoutMs: timing.answerTimeoutMs,
      pageSize: options.pageSize,
      parse: (item) => parse(item, place.version),
      ...(options.isMetadataOnly === true ? { accept: metadataListOnly } : {}),
    });
    switch (outcome.kind) {
      case "failed":
        return recover(outcome, "list", step);
      case "expired":
        setStale("expired", `The list of ${kind} expired while it was read; it is read again.`);
        return retry(step);
      case "invalid":
        setStale("invalid", outcome.message);
        return retry(step);
      case "listed":
        failures = 0;
        listMetrics.lists.inc(labels);
        held.replaceAll(outcome.objects);
        held.setServedVersion(place.version);
        held.confirm();
        setState({ kind: "synced" });
        return {
          step: { kind: "watch", watched: { ...place, resourceVersion: outcome.resourceVersion } },
          waitMs: 0,
        };
    }
  }

  function takeEvent(event: WatchEvent, version: string): void {
    listMetrics.events.inc({ ...labels, type: event.type });
    switch (event.type) {
      case "ADDED":
      case "MODIFIED": {
        const changedAt = readChangedAt(event.object);
        if (changedAt !== null) {
          const lagMs = Math.max(0, Date.now() - changedAt);
          held.setLagMs(lagMs);
          listMetrics.lagSeconds.observe(labels, lagMs / 1000);
        }
        const object = parse(event.object, version);
        if (object !== null) held.put(object);
        break;
      }
      case "DELETED": {
        const { namespace, name } = readPlaceOf(event.object);
        options.onProblem(`${ref.kind} ${namespace}/${name}`, null);
        held.remove(ref.namespaced ? namespace : "", name);
        break;
      }
      case "BOOKMARK":
      case "ERROR":
      case "GARBLED":
        break;
    }
    held.confirm();
  }

  async function watch(watched: Watched, signal: AbortSignal): Promise<Next> {
    let settling: NodeJS.Timeout | undefined;
    const end = await runWatch({
      connection,
      path: watched.path,
      resourceVersion: watched.resourceVersion,
      timing,
      signal,
      onOpen() {
        if (held.list.state().kind === "synced") return;
        settling = setTimeout(() => {
          held.confirm();
          setState({ kind: "synced" });
        }, timing.resumeSettleMs);
      },
      onEvent(event) {
        failures = 0;
        watchFailures = 0;
        silences = 0;
        takeEvent(event, watched.version);
      },
      ...(options.isMetadataOnly === true ? { accept: metadataOnly } : {}),
    });
    clearTimeout(settling);
    return afterWatch(end, watched);
  }

  function afterWatch(end: WatchEnd, watched: Watched): Next {
    switch (end.kind) {
      case "failed":
        return recover(end, "watch", { kind: "watch", watched });
      case "expired":
        // The first time at once: history that was compacted is ordinary.
        listMetrics.failures.inc({ ...labels, reason: "expired" });
        watchFailures += 1;
        return {
          step: { kind: "list", place: watched },
          waitMs: watchFailures === 1 ? 0 : backoffMs(watchFailures, timing.retryFirstMs, timing.retryMaxMs),
        };
      case "garbled":
        setStale("invalid", `The watch of ${kind} is damaged: ${end.message}.`);
        return retry({ kind: "list", place: watched });
      case "stopped":
        return { step: { kind: "watch", watched: { ...watched, resourceVersion: end.resourceVersion } }, waitMs: 0 };
      case "silent":
        silences += 1;
        return silences % silencesBeforeList === 0
          ? retry({ kind: "list", place: watched })
          : { step: { kind: "watch", watched: { ...watched, resourceVersion: end.resourceVersion } }, waitMs: 0 };
      case "ended":
      case "broken": {
        const next: Watched = { ...watched, resourceVersion: end.resourceVersion };
        if (end.isProgress) watchFailures = 0;
        else if (watchFailures >= 2) setStale("unreachable", `The API server ends each watch of ${kind} at once.`);
        // An orderly end, every few minutes, is when a better version is looked for.
        const isOrderly = end.kind === "ended" && end.isProgress;
        return isOrderly ? { step: { kind: "discover", resume: next }, waitMs: 0 } : retryWatch(next);
      }
    }
  }

  async function perform(step: Step, signal: AbortSignal): Promise<Next> {
    switch (step.kind) {
      case "discover":
        return discover(step.resume, signal);
      case "list":
        return list(step.place, signal);
      case "watch":
        return watch(step.watched, signal);
    }
  }

  async function attempt(step: Step, signal: AbortSignal, waking: AbortSignal): Promise<Next> {
    try {
      // A nudge ends a watch and a wait; a list or a discovery under way is finished.
      return await perform(step, step.kind === "watch" ? AbortSignal.any([signal, waking]) : signal);
    } catch (err) {
      if (signal.aborted) return { step, waitMs: 0 };
      // A fault of ours must be seen, and must not leave this kind behind for good.
      logger.error({ err }, "Following failed; the kind is discovered anew.");
      setStale("invalid", `The portal failed at reading ${kind}; see its log.`);
      return retry({ kind: "discover", resume: null });
    }
  }

  function lookAgain(): void {
    isNudged = true;
    wake.abort();
  }

  return {
    answered: answered.promise,
    nudge() {
      rechecks = 0;
      lookAgain();
    },
    async run(signal) {
      let step: Step = { kind: "discover", resume: null };
      signal.addEventListener("abort", () => {
        isStopped = true;
        clearTimeout(recheck);
      });
      while (!signal.aborted) {
        if (isNudged) {
          isNudged = false;
          wake = new AbortController();
          absentLooks = 0;
          discovery.forget();
          step = { kind: "discover", resume: step.kind === "watch" ? step.watched : null };
        }
        const next: Next = await attempt(step, signal, wake.signal);
        if (signal.aborted) break;
        const state = held.list.state();
        if (state.kind !== "stale" || state.reason !== "starting") answered.resolve(undefined);
        step = next.step;
        await pause(next.waitMs, AbortSignal.any([signal, wake.signal]));
      }
      answered.resolve(undefined);
    },
  };
}
