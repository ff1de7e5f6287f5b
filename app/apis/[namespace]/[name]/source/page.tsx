import type { Metadata } from "next";
import { AcquisitionList } from "@/components/api/acquisition-list.tsx";
import { EndpointTable } from "@/components/api/endpoint-table.tsx";
import { ProvenanceChain } from "@/components/api/provenance-chain.tsx";
import { RevisionBars } from "@/components/api/revision-bars.tsx";
import { Callout } from "@/components/ui/callout.tsx";
import { CodedText } from "@/components/ui/coded-text.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { Section } from "@/components/ui/section.tsx";
import { loadPage } from "../load-api.ts";
import type { ApiParams } from "../load-api.ts";

export const metadata: Metadata = { title: "Source" };

export default async function SourcePage({ params }: { readonly params: ApiParams }) {
  const { api } = await loadPage(params, "/source");
  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-8">
        {api.warnings.length > 0 && (
          <div className="flex flex-col gap-2">
            {api.warnings.map((warning) => (
              <Callout key={warning} tone="risky" title={<CodedText text={warning} />} />
            ))}
          </div>
        )}
        <Section title="How its description was obtained">
          <AcquisitionList acquisitions={api.acquisitions} />
        </Section>
        <Section title="Addresses and routes">
          <EndpointTable endpoints={api.endpoints} internalUrl={api.internalUrl} />
        </Section>
        {api.repairs.length > 0 && (
          <Section title="Mended in the description">
            <ul className="divide-y rounded border bg-surface text-sm">
              {api.repairs.map((repair) => (
                <li key={`${repair.pointer} ${repair.message}`} className="px-3 py-2 wrap-anywhere">
                  <CodedText text={repair.message} />
                  <div className="font-mono text-xs text-muted">{repair.pointer === "" ? "#" : repair.pointer}</div>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
      <div className="flex flex-col gap-8">
        <Section title="What proves it">
          <ProvenanceChain steps={api.provenance} />
          <p className="text-sm text-muted">
            {api.confirmedByCluster
              ? "Confirmed by the cluster "
              : "Read from manifests, not confirmed by a cluster; read "}
            <RelativeTime at={api.confirmedAt} />.
          </p>
        </Section>
        <Section title="Revisions">
          <RevisionBars api={api} />
        </Section>
      </div>
    </div>
  );
}
