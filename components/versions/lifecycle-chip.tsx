import type { Lifecycle } from "@/lib/model/index.ts";
import { Chip } from "../ui/chip.tsx";
import type { ChipTone } from "../ui/chip.tsx";

const faces: { readonly [lifecycle in Lifecycle]: { readonly tone: ChipTone; readonly word: string } } = {
  draft: { tone: "outline", word: "Draft" },
  upcoming: { tone: "accent", word: "Upcoming" },
  current: { tone: "safe", word: "Current" },
  superseded: { tone: "neutral", word: "Superseded" },
  deprecated: { tone: "risky", word: "Deprecated" },
  retired: { tone: "neutral", word: "Retired" },
};

/** Where a version stands in its life. */
export function LifecycleChip({ lifecycle }: { readonly lifecycle: Lifecycle }) {
  const { tone, word } = faces[lifecycle];
  return <Chip tone={tone}>{word}</Chip>;
}
