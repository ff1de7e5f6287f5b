import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/**
 * What is limited, and how. Counted in the memory of each process: with several replicas behind a balancer a caller can get
 * up to that many times as much, which these numbers allow for. A shared count would put a write before every call.
 */
const rules = {
  /** Calls through the console, per person or token. */
  console: { points: 60, duration: 60 },
  /** Calls through the console to one endpoint, whoever sends them. */
  endpoint: { points: 240, duration: 60 },
  /** Steps of signing in, per address: a whole office may come from one. */
  "sign-in": { points: 300, duration: 300 },
  /** Wrong access tokens, per address. */
  "wrong-token": { points: 30, duration: 60 },
  /** What costs processor time (comparing, parsing, rendering), per viewer or address. */
  heavy: { points: 240, duration: 60 },
  /** Acts, per person or token. */
  act: { points: 120, duration: 60 },
} as const;

export type LimitName = keyof typeof rules;
export type LimitOutcome =
  { readonly kind: "allowed" } | { readonly kind: "exceeded"; readonly retryAfterSeconds: number };
export type RateLimits = {
  /** Takes one from what `key` has left. */
  take(name: LimitName, key: string): Promise<LimitOutcome>;
  /** Whether nothing is left, without taking. */
  isExhausted(name: LimitName, key: string): Promise<boolean>;
};

/** Counters of this process. */
export function createRateLimits(): RateLimits {
  const limiterOf = (name: LimitName) => new RateLimiterMemory({ keyPrefix: name, ...rules[name] });
  const limiters: { readonly [name in LimitName]: RateLimiterMemory } = {
    console: limiterOf("console"),
    endpoint: limiterOf("endpoint"),
    "sign-in": limiterOf("sign-in"),
    "wrong-token": limiterOf("wrong-token"),
    heavy: limiterOf("heavy"),
    act: limiterOf("act"),
  };
  return {
    async take(name, key) {
      try {
        await limiters[name].consume(key);
        return { kind: "allowed" };
      } catch (err) {
        if (!(err instanceof RateLimiterRes)) throw err;
        return { kind: "exceeded", retryAfterSeconds: Math.max(1, Math.ceil(err.msBeforeNext / 1000)) };
      }
    },
    async isExhausted(name, key) {
      const state = await limiters[name].get(key);
      return state !== null && state.remainingPoints <= 0;
    },
  };
}
