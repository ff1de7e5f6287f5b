import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** The registry of this process; `/metrics` shows it. A room declares its own metrics on it, once, at module level. */
export const metrics = new Registry();

export { Counter, Gauge, Histogram };
