import type { Metadata } from "next";
import { PublishForm } from "@/components/publish/publish-form.tsx";
import { QueryProvider } from "@/components/rest/query-provider.tsx";
import { Denied } from "@/components/shell/denied.tsx";
import { LineNav } from "@/components/versions/line-nav.tsx";
import { firstOfEach } from "../../../../search-params.ts";
import type { SearchParams } from "../../../../search-params.ts";
import { chooseLine } from "../choose-line.ts";
import { loadPage } from "../load-api.ts";
import type { ApiParams } from "../load-api.ts";

export const metadata: Metadata = { title: "Publish" };

export default async function PublishPage({
  params,
  searchParams,
}: {
  readonly params: ApiParams;
  readonly searchParams: Promise<SearchParams>;
}) {
  const { api, viewer } = await loadPage(params, "/publish", searchParams);
  const { line: asked } = firstOfEach(await searchParams);
  const { line, lineFacts } = chooseLine(api, asked);
  if (!api.can.publish.allowed) {
    return (
      <Denied
        anonymous={viewer.kind === "anonymous"}
        reason={api.can.publish.reason ?? "Only the owner of this API publishes its versions."}
      />
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <LineNav api={api} chosen={line} part="publish" />
      <QueryProvider>
        <PublishForm
          key={line}
          apiId={api.id}
          title={api.title}
          place={{ pagePath: api.pagePath, line }}
          currentNumber={lineFacts.currentVersion?.number ?? null}
          revisions={api.revisions
            .filter((revision) => revision.line === (line ?? api.lines[0]?.name))
            .map(({ name, trafficPercent }) => ({ name, trafficPercent }))}
        />
      </QueryProvider>
    </div>
  );
}
