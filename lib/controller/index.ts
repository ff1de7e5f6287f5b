/**
 * The controller of one cluster: lists, discovery, descriptions, versions and notices, one after the other and for ever.
 *
 * - **Leading.** Any number may run; the one that holds the advisory lock of its cluster leads. The lock lives on a connection
 *   of its own: when that is lost, writing stops before anything else, and the next leader begins from the store. Every write
 *   is idempotent all the same.
 * - **Level-triggered.** A change means "look again": `reconcile` compares what discovery says with what the store has and
 *   writes the difference; versions are settled from what is stored, whatever was missed. So a controller that was killed
 *   between any two steps, or a database that was away, leads to the same end.
 * - **Unknown is not absent.** An API is retired only when its object is missing from a complete list, or `lib/catalog` says
 *   that nothing which could prove it is unknown. A retired API that comes back is the same API.
 * - **Polite.** `lib/acquire` decides whom to ask; at most 16 questions run at once, 2 a host. A description that would be
 *   new is asked for twice before it is believed (`lib/versions`): at most two requests on a day without a change.
 * - **One failing API never stops others.** Each is written, asked and settled by itself, and tried again with growing waits.
 * - **Large documents** are read and compared in a thread of their own.
 * - **The operator of ApiDescriptions.** What became of each is applied to its status, and nothing else is written to a cluster.
 *
 * Does not: serve pages, decide who may see what.
 * Fails: `startController` throws where its settings or its port cannot be used; after that nothing throws.
 */
export { startController } from "./start-controller.ts";
