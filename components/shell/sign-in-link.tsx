"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** To signing in, and back to where the reader is. */
export function SignInLink({ className, children }: { readonly className?: string; readonly children: ReactNode }) {
  const pathname = usePathname();
  const back = pathname === "/signin" ? "/" : pathname;
  return (
    <Link href={`/signin?callbackUrl=${encodeURIComponent(back)}`} prefetch={false} className={className}>
      {children}
    </Link>
  );
}
