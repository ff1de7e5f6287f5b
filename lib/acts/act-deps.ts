import type { Clock } from "../base/index.ts";
import type { Store } from "../store/index.ts";

/** What acts need. */
export type ActDeps = { readonly store: Store; readonly clock: Clock };
