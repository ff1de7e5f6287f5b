import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NoDescription } from "@/components/api/no-description.tsx";
import { InternalOperations } from "@/components/reference/internal-operations.tsx";
import { Reference } from "@/components/reference/reference.tsx";
import { VersionBanner } from "@/components/reference/version-banner.tsx";
import { VersionSwitcher } from "@/components/reference/version-switcher.tsx";
import { SignInLink } from "@/components/shell/sign-in-link.tsx";
import { Callout } from "@/components/ui/callout.tsx";
import { DownloadLinks } from "@/components/versions/download-links.tsx";
import { LineNav } from "@/components/versions/line-nav.tsx";
import { getDeps } from "@/lib/next/index.ts";
import { listOperations, listVersions } from "@/lib/views/index.ts";
import { firstOfEach } from "../../../../search-params.ts";
import type { SearchParams } from "../../../../search-params.ts";
import { chooseLine } from "../choose-line.ts";
import { found } from "../found.ts";
import { loadPage } from "../load-api.ts";
import type { ApiParams } from "../load-api.ts";

export const metadata: Metadata = { title: "Reference" };

export default async function ReferencePage({
  params,
  searchParams,
}: {
  readonly params: ApiParams;
  readonly searchParams: Promise<SearchParams>;
}) {
  const { api, viewer } = await loadPage(params, "/reference", searchParams);
  const deps = getDeps();
  const given = firstOfEach(await searchParams);
  const { line, lineFacts } = chooseLine(api, given["line"]);
  const place = { pagePath: api.pagePath, line };
  const versions = found(await listVersions(deps, viewer, api.id, { limit: 200, line })).items;
  const asked = given["version"];
  const wanted = asked ?? String(lineFacts.currentVersion?.number ?? versions[0]?.number ?? "");
  const lines = <LineNav api={api} chosen={line} part="reference" />;
  const version = versions.find(({ number }) => String(number) === wanted);
  if (version === undefined) {
    if (asked !== undefined) notFound();
    return (
      <div className="flex flex-col gap-4">
        {lines}
        <NoDescription api={api} />
      </div>
    );
  }
  const operations = found(await listOperations(deps, viewer, api.id, version.number, { line })).items;
  const current = version.number === lineFacts.currentVersion?.number;
  const query = new URLSearchParams({ view: "public", ...(line === undefined ? {} : { line }) }).toString();
  return (
    <div className="flex flex-col gap-4">
      {lines}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <VersionSwitcher
          versions={versions.map(({ number, label, lifecycle }) => ({ number, label, lifecycle }))}
          chosen={version.number}
          place={place}
          {...(given["op"] === undefined ? {} : { operation: given["op"] })}
        />
        <DownloadLinks apiId={api.id} number={version.number} line={line} />
      </div>
      <VersionBanner place={place} current={lineFacts.currentVersion?.number} version={version} />
      {given["op"] !== undefined && !operations.some(({ id }) => id === given["op"]) && (
        <Callout tone="info" title={`${given["op"]} is not in version ${version.number}`} />
      )}
      {current && !api.can.try.allowed && (
        <Callout tone="denied" title="Calls cannot be sent from here">
          {api.can.try.reason} {viewer.kind === "anonymous" && <SignInLink className="text-link">Sign in</SignInLink>}
        </Callout>
      )}
      <Reference
        key={version.id}
        documentUrl={`/api/v1/apis/${api.id}/versions/${version.number}/openapi.json?${query}`}
        tries={current && api.can.try.allowed}
        target={{
          apiId: api.id,
          endpoints: api.endpoints
            .filter((endpoint) => endpoint.reach === "public" && endpoint.line === version.line)
            .map(({ id, url }) => ({ id, url })),
          operations: operations
            .filter(({ internal }) => !internal)
            .map(({ id, method, path, servers }) => ({ id, method, path, servers })),
        }}
        {...(given["op"] === undefined ? {} : { operation: given["op"] })}
      />
      <InternalOperations operations={operations.filter(({ internal }) => internal)} />
    </div>
  );
}
