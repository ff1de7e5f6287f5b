import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NoDescription } from "@/components/api/no-description.tsx";
import { Reference } from "@/components/reference/reference.tsx";
import { VersionBanner } from "@/components/reference/version-banner.tsx";
import { VersionSwitcher } from "@/components/reference/version-switcher.tsx";
import { SignInLink } from "@/components/shell/sign-in-link.tsx";
import { Callout } from "@/components/ui/callout.tsx";
import { DownloadLinks } from "@/components/versions/download-links.tsx";
import { getDeps } from "@/lib/next/index.ts";
import { listOperations, listVersions } from "@/lib/views/index.ts";
import { firstOfEach } from "../../../../search-params.ts";
import type { SearchParams } from "../../../../search-params.ts";
import { found } from "../found.ts";
import { loadApi } from "../load-api.ts";
import type { ApiParams } from "../load-api.ts";

export const metadata: Metadata = { title: "Reference" };

export default async function ReferencePage({
  params,
  searchParams,
}: {
  readonly params: ApiParams;
  readonly searchParams: Promise<SearchParams>;
}) {
  const { api, viewer } = await loadApi(params);
  const deps = getDeps();
  const given = firstOfEach(await searchParams);
  const versions = found(await listVersions(deps, viewer, api.id, { limit: 200 })).items;
  const asked = given["version"];
  const wanted = asked ?? String(api.currentVersion?.number ?? versions[0]?.number ?? "");
  const version = versions.find(({ number }) => String(number) === wanted);
  if (version === undefined) {
    if (asked !== undefined) notFound();
    return <NoDescription api={api} />;
  }
  const operations = found(await listOperations(deps, viewer, api.id, version.number)).items;
  const current = version.number === api.currentVersion?.number;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <VersionSwitcher
          versions={versions.map(({ number, label, lifecycle }) => ({ number, label, lifecycle }))}
          chosen={version.number}
          path={`${api.pagePath}/reference`}
          {...(given["op"] === undefined ? {} : { operation: given["op"] })}
        />
        <DownloadLinks apiId={api.id} number={version.number} />
      </div>
      <VersionBanner api={api} version={version} />
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
        documentUrl={`/api/v1/apis/${api.id}/versions/${version.number}/openapi.json?view=public`}
        tries={current && api.can.try.allowed}
        target={{
          apiId: api.id,
          endpoints: api.endpoints.filter(({ reach }) => reach === "public").map(({ id, url }) => ({ id, url })),
          operations: operations.map(({ id, method, path }) => ({ id, method, path })),
        }}
        {...(given["op"] === undefined ? {} : { operation: given["op"] })}
      />
    </div>
  );
}
