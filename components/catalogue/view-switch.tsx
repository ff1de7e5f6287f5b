"use client";

import { LayoutGrid, List } from "lucide-react";
import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { remember } from "../shell/remember.ts";
import { catalogueViews, viewCookie } from "./view.ts";
import type { CatalogueView } from "./view.ts";

const faces = { table: { icon: List, word: "Table" }, cards: { icon: LayoutGrid, word: "Cards" } } as const;

/** Table or cards, remembered in a cookie so that the server renders the choice at once. */
export function ViewSwitch({ view }: { readonly view: CatalogueView }) {
  const router = useRouter();
  const [, startTransition] = useTransition();
  const [shown, show] = useOptimistic(view);
  return (
    <div role="group" aria-label="View" className="flex rounded border bg-surface p-0.5">
      {catalogueViews.map((choice) => {
        const { icon: Icon, word } = faces[choice];
        return (
          <button
            key={choice}
            type="button"
            aria-pressed={shown === choice}
            aria-label={word}
            title={word}
            className="grid h-6.5 w-8 place-items-center rounded-sm text-muted hover:text-foreground aria-pressed:bg-hover aria-pressed:text-foreground"
            onClick={() =>
              startTransition(() => {
                show(choice);
                remember(viewCookie, choice);
                router.refresh();
              })
            }
          >
            <Icon aria-hidden className="size-4" />
          </button>
        );
      })}
    </div>
  );
}
