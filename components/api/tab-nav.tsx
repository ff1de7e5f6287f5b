"use client";

import Link from "next/link";
import { useSelectedLayoutSegment } from "next/navigation";
import { useEffect, useRef } from "react";

const tabs = [
  { segment: null, label: "Overview" },
  { segment: "reference", label: "Reference" },
  { segment: "changelog", label: "Changelog" },
  { segment: "versions", label: "Versions" },
  { segment: "source", label: "Source" },
  { segment: "try", label: "Try it" },
  { segment: "publish", label: "Publish" },
] as const;

/** The parts of an API's page; each has its own address. */
export function TabNav({ pagePath }: { readonly pagePath: string }) {
  const segment = useSelectedLayoutSegment();
  const active = segment === "compare" ? "versions" : segment;
  const list = useRef<HTMLDivElement>(null);
  // On a narrow screen the tabs scroll; the one that is open must not stay out of sight.
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (tab !== null && tab !== undefined) list.current?.scrollTo({ left: tab.offsetLeft - 48 });
  }, [active]);
  return (
    <nav aria-label="Parts of this API" className="border-b">
      <div ref={list} className="relative page flex gap-1 overflow-x-auto [scrollbar-width:none]">
        {tabs.map((tab) => (
          <Link
            key={tab.label}
            href={tab.segment === null ? pagePath : `${pagePath}/${tab.segment}`}
            aria-current={tab.segment === active ? "page" : undefined}
            className="relative shrink-0 rounded-sm px-2.5 py-2 text-muted -outline-offset-2 transition-colors duration-150 first:-ml-2.5 hover:text-foreground aria-[current=page]:font-medium aria-[current=page]:text-foreground aria-[current=page]:after:absolute aria-[current=page]:after:inset-x-2.5 aria-[current=page]:after:-bottom-px aria-[current=page]:after:h-0.5 aria-[current=page]:after:bg-accent"
          >
            {tab.label}
          </Link>
        ))}
      </div>
    </nav>
  );
}
