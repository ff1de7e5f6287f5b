import type { Metadata } from "next";
import Link from "next/link";
import { LiveRefresh } from "@/components/events/live-refresh.tsx";
import { NoticeList } from "@/components/notices/notice-list.tsx";
import { QueryProvider } from "@/components/rest/query-provider.tsx";
import { Denied } from "@/components/shell/denied.tsx";
import { PageFrame } from "@/components/shell/page-frame.tsx";
import { buttonClass } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { getDeps, getViewer } from "@/lib/next/index.ts";
import { listNotices } from "@/lib/views/index.ts";
import { firstOfEach } from "../search-params.ts";
import type { SearchParams } from "../search-params.ts";

export const metadata: Metadata = { title: "Notices" };

export default async function NoticesPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const viewer = await getViewer();
  if (viewer.kind !== "person") {
    return (
      <PageFrame title="Notices">
        <Denied anonymous reason="Notices are told to people who follow APIs." />
      </PageFrame>
    );
  }
  const { cursor } = firstOfEach(await searchParams);
  const page = await listNotices(getDeps(), viewer, { limit: 30, ...(cursor === undefined ? {} : { cursor }) });
  return (
    <PageFrame title="Notices" lead="What changed, or is about to, in the APIs that you follow.">
      <LiveRefresh on="notice" />
      {page.items.length === 0 ? (
        <EmptyState title="Nothing has been told yet">
          <p>Follow an API on its page. When its contract changes, you hear of it here at once, without reloading.</p>
          <Link href="/" className="text-link">
            To the catalogue
          </Link>
        </EmptyState>
      ) : (
        <QueryProvider>
          <NoticeList items={page.items} />
        </QueryProvider>
      )}
      {page.nextCursor !== null && (
        <Link
          href={`/notices?cursor=${encodeURIComponent(page.nextCursor)}`}
          className={buttonClass({ className: "self-start" })}
        >
          Older notices
        </Link>
      )}
    </PageFrame>
  );
}
