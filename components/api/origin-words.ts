import type { Origin } from "@/lib/model/index.ts";

/** Where a description came from, in words. */
export const originWords: { readonly [origin in Origin]: string } = {
  declared: "given by its owner",
  fetched: "fetched from the server",
  derived: "derived from the model's metadata",
  none: "none",
};
