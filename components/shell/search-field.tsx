"use client";

import { Search } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState, useSyncExternalStore, useTransition } from "react";
import { fieldClass } from "../ui/input.tsx";

export const searchFieldId = "search";
const debounceMs = 180;

const neverChanges = () => () => undefined;
const searchKeys = () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘ K" : "Ctrl K");

/** Finds APIs. On the catalogue the list follows the typing; elsewhere Enter goes there. Works without script as a form. */
export function SearchField() {
  const router = useRouter();
  const onCatalogue = usePathname() === "/";
  const params = useSearchParams();
  const inUrl = params.get("q") ?? "";
  const keys = useSyncExternalStore(neverChanges, searchKeys, () => "Ctrl K");
  const [text, setText] = useState(inUrl);
  const [seen, setSeen] = useState(inUrl);
  const [, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const sent = useRef(inUrl);

  // The URL moved without us (back, a cleared filter): the field follows.
  if (inUrl !== seen) {
    setSeen(inUrl);
    if (inUrl !== text.trim()) setText(inUrl);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const go = (value: string) => {
    clearTimeout(timer.current);
    const query = value.trim();
    if (onCatalogue && query === sent.current) return;
    sent.current = query;
    const next = new URLSearchParams(onCatalogue ? params : undefined);
    next.delete("cursor");
    if (query === "") next.delete("q");
    else next.set("q", query);
    const url = next.size === 0 ? "/" : `/?${next.toString()}`;
    startTransition(() => (onCatalogue ? router.replace(url, { scroll: false }) : router.push(url)));
  };
  const type = (value: string) => {
    setText(value);
    if (!onCatalogue) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go(value), debounceMs);
  };

  return (
    <form
      action="/"
      role="search"
      className="relative min-w-0 flex-1 md:max-w-120"
      onSubmit={(event) => {
        event.preventDefault();
        go(text);
      }}
    >
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      <input
        id={searchFieldId}
        type="search"
        name="q"
        value={text}
        onChange={(event) => type(event.target.value)}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        placeholder="Search APIs"
        aria-label="Search APIs"
        aria-keyshortcuts="Control+K Meta+K /"
        className={`${fieldClass} peer h-8 w-full pr-16 pl-8.5 max-md:pr-2 [&::-webkit-search-cancel-button]:hidden`}
      />
      <kbd className="pointer-events-none absolute top-1.5 right-1.5 rounded-sm border px-1.5 font-sans text-xs leading-4.5 text-muted peer-focus:hidden max-md:hidden">
        {keys}
      </kbd>
    </form>
  );
}
