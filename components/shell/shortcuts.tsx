"use client";

import { useEffect, useRef } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { searchFieldId } from "./search-field.tsx";

const shortcuts = [
  { keys: ["/"], does: "Search" },
  { keys: ["Ctrl K", "⌘ K"], does: "Search, from anywhere" },
  { keys: ["?"], does: "Show these shortcuts" },
  { keys: ["Esc"], does: "Close what is open, leave the search field" },
] as const;

/** The keys that work on every page, and the dialog that lists them. */
export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const typing = target !== null && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
      const withControl = event.ctrlKey || event.metaKey;
      if ((withControl && event.key.toLowerCase() === "k") || (!typing && !withControl && event.key === "/")) {
        const field = document.getElementById(searchFieldId);
        if (!(field instanceof HTMLInputElement)) return;
        event.preventDefault();
        field.focus();
        field.select();
      } else if (!typing && !withControl && event.key === "?") {
        event.preventDefault();
        dialog.current?.showModal();
      } else if (event.key === "Escape" && target?.id === searchFieldId) {
        target.blur();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <Dialog ref={dialog} title="Keyboard shortcuts">
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-6 gap-y-2.5">
        {shortcuts.map(({ keys, does }) => (
          <div key={does} className="contents">
            <dt className="flex gap-1.5">
              {keys.map((key) => (
                <kbd key={key} className="rounded-sm border bg-sunken px-1.5 font-sans text-xs leading-5">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
