import Link from "next/link";
import type { Version } from "@/lib/contract/index.ts";
import { EmptyState } from "../ui/empty-state.tsx";

/** The end of publishing. */
export function PublishedNote({
  version,
  title,
  pagePath,
}: {
  readonly version: Version;
  readonly title: string;
  readonly pagePath: string;
}) {
  return (
    <div role="status">
      <EmptyState title={`Version ${version.number} of ${title} is published`}>
        <p>It is {version.lifecycle} now, and the followers whom it concerns are told.</p>
        <Link href={`${pagePath}/changelog#v${version.number}`} className="text-link">
          See it in the changelog
        </Link>
      </EmptyState>
    </div>
  );
}
