import Link from "next/link";
import type { ApiDetail, Version } from "@/lib/contract/index.ts";
import { Callout } from "../ui/callout.tsx";

/** Says that what is read is not what is current, and the way to it. */
export function VersionBanner({ api, version }: { readonly api: ApiDetail; readonly version: Version }) {
  const current = api.currentVersion?.number;
  if (current === undefined || current === version.number) return null;
  const compare = `${api.pagePath}/compare?from=${Math.min(version.number, current)}&to=${Math.max(version.number, current)}`;
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
        <Link href={`${api.pagePath}/reference`} className="text-link">
          Read v{current}
        </Link>
      </Callout>
    </div>
  );
}
