import { amendDescription } from "../derive/index.ts";
import type { DescriptionAddition, DescriptionResult } from "../model/index.ts";
import { readDescription } from "../spec/index.ts";

/** A description with what is known of its model beside it; `addition` is null where nothing is. */
export function readWhole(body: Uint8Array, addition: DescriptionAddition | null, bytesMax: number): DescriptionResult {
  return readDescription(
    body,
    { bytesMax },
    addition === null ? undefined : (document) => amendDescription(document, addition),
  );
}
