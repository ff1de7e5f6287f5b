import Link from "next/link";
import type { Version } from "@/lib/contract/index.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { pageHref } from "../versions/page-href.ts";
import type { PagePlace } from "../versions/page-href.ts";

/** The end of publishing. */
export function PublishedNote({
  version,
  title,
  place,
}: {
  readonly version: Version;
  readonly title: string;
  readonly place: PagePlace;
}) {
  return (
    <div role="status">
      <EmptyState title={`Version ${version.number} of ${title} is published`}>
        <p>It is {version.lifecycle} now, and the followers whom it concerns are told.</p>
        <Link href={pageHref(place, "changelog", {}, `v${version.number}`)} className="text-link">
          See it in the changelog
        </Link>
      </EmptyState>
    </div>
  );
}
