import Link from "next/link";
import type { ApiDetail } from "@/lib/contract/index.ts";
import { pageHref } from "./page-href.ts";

/** The lines of versions of an API, side by side; nothing where there is one. */
export function LineNav({
  api,
  chosen,
  part,
}: {
  readonly api: Pick<ApiDetail, "lines" | "pagePath">;
  readonly chosen: string | undefined;
  readonly part: string;
}) {
  const [own] = api.lines;
  if (own === undefined || api.lines.length === 1) return null;
  return (
    <nav aria-label="Lines of versions" className="flex flex-wrap items-center gap-1.5 text-sm">
      <span className="text-muted">Line</span>
      {api.lines.map((line) => (
        <Link
          key={line.name}
          href={pageHref({ pagePath: api.pagePath, line: line === own ? undefined : line.name }, part)}
          aria-current={line.name === (chosen ?? own.name) ? "true" : undefined}
          className="inline-flex min-h-6 items-center gap-1.5 rounded border px-2 hover:bg-hover aria-[current=true]:border-accent aria-[current=true]:font-medium"
        >
          <span className="font-mono">{line.name}</span>
          <span className="text-muted">
            {!line.served
              ? "no longer served"
              : line.currentVersion === null
                ? "no version yet"
                : `v${line.currentVersion.number}`}
          </span>
        </Link>
      ))}
    </nav>
  );
}
