import type { Store } from "../store/index.ts";

/** What views need. */
export type ViewDeps = { readonly store: Store };
