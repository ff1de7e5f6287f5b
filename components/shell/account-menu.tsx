"use client";

import { Bookmark, KeyRound, LogOut, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { postAuthForm } from "./post-auth-form.ts";
import { PopoverPanel } from "./popover-panel.tsx";

const panelId = "account-panel";
const rowClass = "flex h-8 w-full items-center gap-2.5 rounded px-2.5 hover:bg-hover";

function close() {
  document.getElementById(panelId)?.hidePopover();
}

/** Who is signed in, and what is theirs. */
export function AccountMenu({
  name,
  detail,
  admin,
}: {
  readonly name: string;
  readonly detail: string;
  readonly admin: boolean;
}) {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.charAt(0))
    .join("")
    .toUpperCase();
  return (
    <>
      <button
        type="button"
        popoverTarget={panelId}
        aria-label={`Account of ${name}`}
        title={name}
        className="ml-1 grid size-8 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
      >
        {initials}
      </button>
      <PopoverPanel id={panelId} label="Account" className="w-60 p-1.5">
        <div className="border-b px-2.5 pt-1 pb-2">
          <div className="truncate font-medium">{name}</div>
          <div className="truncate text-sm text-muted">{detail}</div>
        </div>
        <nav aria-label="Account" className="pt-1.5" onClick={close}>
          <Link href="/following" className={rowClass}>
            <Bookmark aria-hidden className="size-4 text-muted" /> Following
          </Link>
          <Link href="/tokens" className={rowClass}>
            <KeyRound aria-hidden className="size-4 text-muted" /> Access tokens
          </Link>
          {admin && (
            <Link href="/admin" className={rowClass}>
              <ShieldCheck aria-hidden className="size-4 text-muted" /> Administration
            </Link>
          )}
          <button type="button" className={rowClass} onClick={() => void postAuthForm("/api/auth/signout", "/")}>
            <LogOut aria-hidden className="size-4 text-muted" /> Sign out
          </button>
        </nav>
      </PopoverPanel>
    </>
  );
}
