/**
 * Asking a revision for its description (DESIGN §5): which place to ask, when, and what came of it.
 *
 * Promises: GET only, and only at the places that the recognised server is known to serve its description at; never a path
 * that could run a model, never a revision that is held. A healthy model that nobody touches is asked once a day, and then
 * conditionally. Every failure is a stated outcome with advice for its owner. Requests are counted.
 * Does not: judge or store the document (`lib/spec`, `lib/versions`), keep time, or retry by itself: `shouldAsk` says when.
 */
export { acquireDescription, type AcquireDeps } from "./acquire-description.ts";
export { shouldAsk, type AskDecision } from "./should-ask.ts";
