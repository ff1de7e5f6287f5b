import type { Metadata } from "next";
import { PublishForm } from "@/components/publish/publish-form.tsx";
import { QueryProvider } from "@/components/rest/query-provider.tsx";
import { Denied } from "@/components/shell/denied.tsx";
import { loadApi } from "../load-api.ts";
import type { ApiParams } from "../load-api.ts";

export const metadata: Metadata = { title: "Publish" };

export default async function PublishPage({ params }: { readonly params: ApiParams }) {
  const { api, viewer } = await loadApi(params);
  if (!api.can.publish.allowed) {
    return (
      <Denied
        anonymous={viewer.kind === "anonymous"}
        reason={api.can.publish.reason ?? "Only the owner of this API publishes its versions."}
      />
    );
  }
  return (
    <QueryProvider>
      <PublishForm
        apiId={api.id}
        title={api.title}
        pagePath={api.pagePath}
        currentNumber={api.currentVersion?.number ?? null}
        revisions={api.revisions.map(({ name, trafficPercent }) => ({ name, trafficPercent }))}
      />
    </QueryProvider>
  );
}
