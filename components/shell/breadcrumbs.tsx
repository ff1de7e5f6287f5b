import { ChevronRight } from "lucide-react";
import Link from "next/link";

/** Where this page is; the last crumb is the page itself. */
export function Breadcrumbs({
  crumbs,
}: {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
}) {
  return (
    <nav aria-label="Breadcrumb" className="text-sm text-muted">
      <ol className="flex flex-wrap items-center gap-x-1">
        {crumbs.map((crumb, index) => (
          <li key={crumb.label} className="flex min-w-0 items-center gap-1">
            {index > 0 && <ChevronRight aria-hidden className="size-3.5 shrink-0" />}
            {crumb.href === undefined ? (
              <span aria-current="page" className="wrap-anywhere">
                {crumb.label}
              </span>
            ) : (
              <Link href={crumb.href} className="rounded-sm hover:text-foreground hover:underline">
                {crumb.label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
