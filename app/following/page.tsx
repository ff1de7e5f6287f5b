import type { Metadata } from "next";
import Link from "next/link";
import { ApiTable } from "@/components/catalogue/api-table.tsx";
import { LiveList } from "@/components/catalogue/live-list.tsx";
import { Denied } from "@/components/shell/denied.tsx";
import { PageFrame } from "@/components/shell/page-frame.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { getDeps, getViewer } from "@/lib/next/index.ts";
import { listFollowing } from "@/lib/views/index.ts";

export const metadata: Metadata = { title: "Following" };

export default async function FollowingPage() {
  const viewer = await getViewer();
  if (viewer.kind !== "person") {
    return (
      <PageFrame title="Following">
        <Denied anonymous reason="Following an API needs to know whom to tell." />
      </PageFrame>
    );
  }
  const items = await listFollowing(getDeps(), viewer);
  return (
    <PageFrame title="Following" lead="The APIs whose changes you are told about.">
      {items.length === 0 ? (
        <EmptyState title="You follow nothing yet">
          <p>
            Open an API and choose “Follow”. You are told when its contract changes, before it does where that is known.
          </p>
          <Link href="/" className="text-link">
            To the catalogue
          </Link>
        </EmptyState>
      ) : (
        <LiveList>
          <ApiTable items={items} />
        </LiveList>
      )}
    </PageFrame>
  );
}
