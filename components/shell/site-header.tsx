import Link from "next/link";
import { Suspense } from "react";
import type { NoticeView } from "@/lib/contract/index.ts";
import type { Viewer } from "@/lib/model/index.ts";
import { buttonClass } from "../ui/button.tsx";
import { NoticeBell } from "../notices/notice-bell.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { Logo } from "./logo.tsx";
import { SearchField } from "./search-field.tsx";
import { SignInLink } from "./sign-in-link.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";
import type { Theme } from "./theme.ts";

/** The bar at the top of every page. */
export function SiteHeader({
  viewer,
  theme,
  notices,
}: {
  readonly viewer: Viewer;
  readonly theme: Theme;
  readonly notices: { readonly unread: number; readonly items: readonly NoticeView[] } | null;
}) {
  return (
    <header className="sticky top-0 z-30 border-b bg-background">
      <div className="page flex h-14 items-center gap-2 md:gap-4">
        <Link
          href="/"
          className="flex items-center gap-2 rounded font-semibold"
          aria-label="Gatebook, to the catalogue"
        >
          <Logo className="size-5.5 text-accent" />
          <span className="text-md tracking-tight max-md:hidden">Gatebook</span>
        </Link>
        <Suspense>
          <SearchField />
        </Suspense>
        <div className="ml-auto flex items-center gap-0.5 md:gap-1">
          {notices !== null && <NoticeBell unread={notices.unread} items={notices.items} />}
          <ThemeToggle initial={theme} />
          {viewer.kind === "anonymous" ? (
            <SignInLink className={buttonClass({ look: "primary", className: "ml-1" })}>Sign in</SignInLink>
          ) : (
            <AccountMenu
              name={viewer.name}
              detail={viewer.kind === "person" ? (viewer.email ?? viewer.groups.join(", ")) : viewer.groups.join(", ")}
              admin={viewer.role === "admin"}
            />
          )}
        </div>
      </div>
    </header>
  );
}
