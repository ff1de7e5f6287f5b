import Link from "next/link";
import type { Version } from "@/lib/contract/index.ts";
import { Callout } from "../ui/callout.tsx";
import { pageHref } from "../versions/page-href.ts";
import type { PagePlace } from "../versions/page-href.ts";

/** Says that what is read is not what is current, and the way to it. */
export function VersionBanner({
  place,
  current,
  version,
}: {
  readonly place: PagePlace;
  /** What is current in its line. */
  readonly current: number | undefined;
  readonly version: Version;
}) {
  if (current === undefined || current === version.number) return null;
  const compare = pageHref(place, "compare", {
    from: Math.min(version.number, current),
    to: Math.max(version.number, current),
  });
  return (
    <div className="sticky top-14 z-20 bg-background">
      <Callout
        tone="risky"
        title={
          version.lifecycle === "upcoming"
            ? `You are reading v${version.number}, which is upcoming. v${current} is current.`
            : `You are reading v${version.number}. v${current} is current.`
        }
      >
        <Link href={compare} prefetch={false} className="text-link">
          See what changed
        </Link>{" "}
        ·{" "}
        <Link href={pageHref(place, "reference")} className="text-link">
          Read v{current}
        </Link>
      </Callout>
    </div>
  );
}
