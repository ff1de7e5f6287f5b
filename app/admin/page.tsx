import type { Metadata } from "next";
import { AdminNav } from "@/components/admin/admin-nav.tsx";
import { LeftOutList } from "@/components/admin/left-out-list.tsx";
import { SourceTable } from "@/components/admin/source-table.tsx";
import { LiveRefresh } from "@/components/events/live-refresh.tsx";
import { Denied } from "@/components/shell/denied.tsx";
import { PageFrame } from "@/components/shell/page-frame.tsx";
import { Callout } from "@/components/ui/callout.tsx";
import { CodedText } from "@/components/ui/coded-text.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { Section } from "@/components/ui/section.tsx";
import { getDeps, getViewer } from "@/lib/next/index.ts";
import { getAdminReport } from "@/lib/views/index.ts";

export const metadata: Metadata = { title: "Administration" };

export default async function AdminPage() {
  const viewer = await getViewer();
  const report = viewer.kind === "anonymous" ? null : await getAdminReport(getDeps(), viewer);
  if (report === null) {
    return (
      <PageFrame title="Administration">
        <Denied
          anonymous={viewer.kind === "anonymous"}
          reason="This page is for administrators: members of a group that the setting GATEBOOK_ADMIN_GROUPS names."
        />
      </PageFrame>
    );
  }
  return (
    <PageFrame
      title="Administration"
      lead={
        report.updatedAt === null ? undefined : (
          <>
            The controller last looked <RelativeTime at={report.updatedAt} />.
          </>
        )
      }
      aside={<AdminNav />}
    >
      <LiveRefresh on="sources" />
      {report.sources.length === 0 ? (
        <EmptyState title="The controller has not reported yet">
          <p>Start it with “gatebook controller”, beside the web role and on the same database.</p>
        </EmptyState>
      ) : (
        <Section title="Kinds that are watched">
          <SourceTable sources={report.sources} />
        </Section>
      )}
      {report.warnings.length > 0 && (
        <Section title="Warnings">
          <div className="flex flex-col gap-2">
            {report.warnings.map(({ object, message }) => (
              <Callout
                key={`${object.kind} ${object.namespace} ${object.name} ${message}`}
                tone="risky"
                title={<CodedText text={message} />}
              >
                {object.kind}{" "}
                <span className="font-mono">
                  {object.namespace}/{object.name}
                </span>
              </Callout>
            ))}
          </div>
        </Section>
      )}
      <Section
        title="Seen and left out"
        aside={<span className="text-sm text-muted tabular-nums">{report.leftOut.length.toLocaleString("en")}</span>}
      >
        <LeftOutList leftOut={report.leftOut} />
      </Section>
    </PageFrame>
  );
}
