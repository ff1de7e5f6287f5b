/**
 * From observations to APIs (DESIGN §4): what is an API, what belongs to it, where it can be called, where it may be asked for
 * its description, and what was left out and why.
 *
 * Promises: `discover` is a pure function of the lists; the order of objects does not matter; each object is read once, as
 * long as it does not change (`keepObserved`: as soon as it arrives). Every URL follows from objects whose status admits it, and says what proves it. One broken
 * object costs its own API at most.
 * Does not: make requests, remember anything between calls but what each object says and what was made of it, or decide that an API is gone: the
 * caller retires only what `mayRetire` allows.
 */
export { keepObserved } from "./observe-list.ts";
export { discover, mayRetire, type World, type DiscoverySettings } from "./discover.ts";
