import type { Metadata } from "next";
import Link from "next/link";
import { AdminNav } from "@/components/admin/admin-nav.tsx";
import { Denied } from "@/components/shell/denied.tsx";
import { PageFrame } from "@/components/shell/page-frame.tsx";
import { buttonClass } from "@/components/ui/button.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { getDeps, getViewer } from "@/lib/next/index.ts";
import { listAudit } from "@/lib/views/index.ts";
import { firstOfEach } from "../../search-params.ts";
import type { SearchParams } from "../../search-params.ts";

export const metadata: Metadata = { title: "Audit log" };

const head = "h-8 border-b px-3 text-left text-xs font-medium whitespace-nowrap text-muted";
const cell = "border-b px-3 py-2 align-top text-sm";

export default async function AuditPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const viewer = await getViewer();
  const { cursor } = firstOfEach(await searchParams);
  const page =
    viewer.kind === "anonymous"
      ? null
      : await listAudit(getDeps(), viewer, { limit: 100, ...(cursor === undefined ? {} : { cursor }) });
  if (page === null) {
    return (
      <PageFrame title="Audit log">
        <Denied anonymous={viewer.kind === "anonymous"} reason="The audit log is for administrators." />
      </PageFrame>
    );
  }
  return (
    <PageFrame title="Audit log" lead="Every act of every person and token, newest first." aside={<AdminNav />}>
      {page.items.length === 0 ? (
        <p className="text-muted">Nobody has done anything yet.</p>
      ) : (
        <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Audit log">
          <table className="w-full min-w-180 border-separate border-spacing-0">
            <thead>
              <tr>
                {["When", "Who", "Did", "To", "Detail"].map((word) => (
                  <th key={word} scope="col" className={head}>
                    {word}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {page.items.map((entry) => (
                <tr key={entry.id}>
                  <td className={`${cell} whitespace-nowrap`}>
                    <RelativeTime at={entry.at} />
                  </td>
                  <td className={cell} title={entry.actor}>
                    {entry.actorName}
                  </td>
                  <td className={`${cell} font-mono`}>{entry.act}</td>
                  <td className={`${cell} font-mono wrap-anywhere`}>{entry.target}</td>
                  <td className={`${cell} max-w-96 font-mono text-xs wrap-anywhere text-muted`}>
                    {JSON.stringify(entry.detail)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {page.nextCursor !== null && (
        <Link
          href={`/admin/audit?cursor=${encodeURIComponent(page.nextCursor)}`}
          className={buttonClass({ className: "self-start" })}
        >
          Older entries
        </Link>
      )}
    </PageFrame>
  );
}
