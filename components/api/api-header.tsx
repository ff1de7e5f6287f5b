import Link from "next/link";
import type { ApiDetail } from "@/lib/contract/index.ts";
import { VersionMark } from "../catalogue/version-mark.tsx";
import { VisibilityMark } from "../catalogue/visibility-mark.tsx";
import { QueryProvider } from "../rest/query-provider.tsx";
import { Breadcrumbs } from "../shell/breadcrumbs.tsx";
import { buttonClass } from "../ui/button.tsx";
import { Callout } from "../ui/callout.tsx";
import { Chip } from "../ui/chip.tsx";
import { CodedText } from "../ui/coded-text.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { protocolWords } from "../ui/protocol-words.ts";
import { RelativeTime } from "../ui/relative-time.tsx";
import { StateDot } from "../ui/state-dot.tsx";
import { FollowControl } from "./follow-control.tsx";

/** The head of an API's page: what it is, how it is, where it is called, and what one can do. */
export function ApiHeader({ api }: { readonly api: ApiDetail }) {
  const url = api.publicUrls[0] ?? api.internalUrl;
  return (
    <div className="page flex flex-col gap-3 pt-4 pb-2.5">
      <Breadcrumbs
        crumbs={[
          { label: "Catalogue", href: "/" },
          { label: api.namespace, href: `/?namespace=${encodeURIComponent(api.namespace)}` },
          { label: api.title },
        ]}
      />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-col gap-1.5">
          <h1 className="flex items-center gap-2.5 text-xl font-semibold tracking-tight wrap-anywhere">
            {api.title}
            <VisibilityMark visibility={api.visibility} />
          </h1>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
            <StateDot state={api.state} reason={api.stateReason} />
            <Chip>{protocolWords[api.protocol]}</Chip>
            <VersionMark api={api} />
            <span>
              {api.owner === null ? (
                <span className="text-muted">No owner named</span>
              ) : (
                <>
                  <span className="text-muted">Owner</span>{" "}
                  <Link href={`/?owner=${encodeURIComponent(api.owner)}`} className="font-medium hover:underline">
                    {api.owner}
                  </Link>
                </>
              )}
            </span>
            <span className="text-muted">
              {api.confirmedByCluster ? "Confirmed " : "Read from manifests "}
              <RelativeTime at={api.confirmedAt} />
            </span>
          </div>
        </div>
        <div className="flex flex-wrap items-start gap-2">
          <QueryProvider>
            <FollowControl key={api.followLevel} apiId={api.id} level={api.followLevel} permission={api.can.follow} />
          </QueryProvider>
          <Link href={`${api.pagePath}/try`} className={buttonClass({ look: "primary" })}>
            Try it
          </Link>
        </div>
      </div>
      {url !== null && (
        <div className="flex max-w-full items-center gap-2 self-start rounded border bg-surface pl-3">
          <span className="shrink-0 text-xs text-muted">
            {api.publicUrls.length > 0 ? "Base URL" : "Inside the cluster only"}
          </span>
          <code className="min-w-0 truncate py-1.5 font-mono text-sm">{url}</code>
          <CopyButton text={url} label="Copy the base URL" />
        </div>
      )}
      <Warnings api={api} />
    </div>
  );
}

function Warnings({ api }: { readonly api: ApiDetail }) {
  return (
    <>
      {api.retiredAt !== null && (
        <Callout tone="risky" title="This API has gone from the cluster">
          Its objects were deleted <RelativeTime at={api.retiredAt} />. What was known of it stays here.
        </Callout>
      )}
      {api.stateReason !== null && api.state !== "ready" && (
        <Callout tone="info" title={<CodedText text={api.stateReason} />} />
      )}
      {api.unstable && (
        <Callout tone="risky" title="Its description is unstable">
          It differs between replicas or from fetch to fetch, so no new version is made of it. Its owner should serve
          one and the same document: no timestamps, no random order.
        </Callout>
      )}
    </>
  );
}
