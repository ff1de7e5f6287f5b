/**
 * Current lists of Kubernetes objects, from an API server (`openKubernetes`) or from a folder of manifests (`openManifests`),
 * behind one interface, `ClusterReader`.
 *
 * Promises
 * - Every list says what it is worth: `synced` (complete and current), `absent` (the kind is not installed) or `stale` (kept,
 *   but perhaps out of date: not read yet, forbidden, unreachable, expired, invalid), with a message for a person. Nothing
 *   leaves a list that is stale; a kind that was there is `absent` only after discovery has denied it twice.
 * - Nothing is missed: a list is read page by page, then watched from exactly there, with bookmarks, and resumed after a
 *   break; when the server has forgotten that place (410) it is read whole again, and what was deleted meanwhile goes then.
 * - Kinds do not disturb each other. Each retries by itself, with doubled and jittered waits, for ever: 30 s at most, a
 *   minute where rights are missing.
 * - A CRD that arrives or leaves is noticed within a second or two where the account may watch CRDs (metadata alone is
 *   asked for), otherwise within 30 s, or when its watch ends.
 * - Of several served versions the one that the server prefers is read, among those that the kind accepts.
 * - Objects are checked on arrival; one that is not what it must be is left out, counted, and listed by `problems()`.
 *   `managedFields` and the last-applied annotation are dropped, and whatever `keep` does not want. An object keeps its identity
 *   until it changes.
 * - Listeners are told "look again" some 20 ms after the first of a burst of changes, not what changed.
 * - `read` asks for one object now, of any kind: for ConfigMaps, which are not watched.
 * - `writeStatus` applies the status of one object server-side, as a field manager of its own.
 * - `metrics` has objects, state, age, lag, lists, events, failures and invalid objects, by cluster and kind.
 *
 * Manifests: every `.yaml`, `.yml` and `.json` below the folder (several documents, `List` kinds; names with a leading dot
 * and links that lead out are passed over), looked through again when it changes and every 5 s. An object without a
 * namespace is in "default"; a kind without objects is synced and empty. A file that cannot be read keeps what its last good
 * content held, and the kinds that it held or names are stale until it is mended. Of two files with the same object the first
 * by name counts. At most 5,000 files of 4 MiB, 100 aliases and 100 levels deep.
 *
 * Does not: write anything to the cluster but a status; follow single namespaces; notice a right that was taken away before the
 * watch ends (the server checks rights when a watch begins, and is asked to end each after 5 to 10 minutes).
 *
 * Fails: `openKubernetes` throws a `configuration` error where no kubeconfig can be used. After that nothing throws.
 */
export type { ClusterReader, KindList, ReaderProblem, ReadOutcome, WriteOutcome } from "./cluster-reader.ts";
export { describeLists } from "./describe-lists.ts";
export type { KindRef } from "./kind-ref.ts";
export { formatKind } from "./kind-ref.ts";
export type { KubeObject, ObjectMeta, OwnerReference } from "./kube-object.ts";
export type { KubernetesOptions } from "./open-kubernetes.ts";
export { openKubernetes } from "./open-kubernetes.ts";
export type { ManifestsOptions } from "./open-manifests.ts";
export { openManifests } from "./open-manifests.ts";
export type { ReaderTiming } from "./reader-timing.ts";
