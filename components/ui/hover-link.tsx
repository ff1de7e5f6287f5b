"use client";

import Link from "next/link";
import { useState } from "react";
import type { ReactNode } from "react";

/** A link in a long list: its page is fetched ahead when the pointer or the focus reaches it, not when it is merely in view. */
export function HoverLink({
  href,
  className,
  children,
}: {
  readonly href: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const [near, setNear] = useState(false);
  const approach = () => setNear(true);
  return (
    <Link
      href={href}
      prefetch={near ? null : false}
      onPointerEnter={approach}
      onFocus={approach}
      {...(className === undefined ? {} : { className })}
    >
      {children}
    </Link>
  );
}
