"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

const places = [
  { href: "/admin", label: "Sources" },
  { href: "/admin/audit", label: "Audit log" },
] as const;

/** The two pages of administration. */
export function AdminNav() {
  const pathname = usePathname();
  return (
    <nav aria-label="Administration" className="flex rounded border bg-surface p-0.5 text-sm">
      {places.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname === href ? "page" : undefined}
          className="rounded-sm px-2.5 py-0.5 text-muted hover:text-foreground aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-foreground"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
