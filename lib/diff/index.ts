/**
 * The change engine (DIFF): what changed between two descriptions, whether it breaks a caller, why, and what to do.
 *
 * Promises: pure, deterministic, bounded; nothing is missed in silence: equal contracts by digest give no change, and what
 * cannot be judged is `risky` with proof "unknown", never safe. A component is compared once for each place and its change is
 * named once, with the operations that it reaches. Recursive schemas, inlined and referenced forms, and the versions of the
 * format make no difference. Levels follow the direction: what a request narrows and what a response widens breaks.
 * Rules name what changed; where they would call a pair of schemas a break, it is asked whether all values of the one side are
 * values of the other (`containment`), and one proof clears it. Patterns are compared as the languages that they are. A value that
 * was fine and is not any more is shown for types, values, numbers, lengths and patterns; it was held against both sides.
 * Does not (yet): give witnesses of whole requests, prove more of `unevaluated*` than equality, or judge a consumer by fields
 * and limits beside operations.
 */
export { compareDescriptions, engineVersion, type CompareOptions } from "./compare-descriptions.ts";
export { judgeConsumer, type ConsumerVerdict, type UsedOperation } from "./judge-consumer.ts";
export { renderRules } from "./render-rules.ts";
export { summarise } from "./summarise.ts";
