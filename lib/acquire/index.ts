/**
 * Asking a revision for its description (DESIGN §5): which place to ask, when, and what came of it.
 *
 * Promises: GET only, and only where the owner says or the recognised server is known to keep its description (one file a
 * server in `strategies/`); never a path that could run a model, never a revision that is held. On a day without a change a model
 * is asked once, conditionally, at the one place where the description was found; twice at most where it fails. Every failure is
 * a stated outcome with advice for its owner. Requests are counted.
 * Does not: judge or store the document (`lib/spec`, `lib/versions`), keep time, or retry by itself: `shouldAsk` says when.
 * Fails: only with what `readConfigMap` throws.
 */
export { acquireDescription, type AcquireDeps } from "./acquire-description.ts";
export { shouldAsk, type AskDecision } from "./should-ask.ts";
