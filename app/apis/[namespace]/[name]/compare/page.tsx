import type { Metadata } from "next";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { Field } from "@/components/ui/field.tsx";
import { LevelCounts } from "@/components/ui/level-counts.tsx";
import { Select } from "@/components/ui/select.tsx";
import { ChangeList } from "@/components/versions/change-list.tsx";
import { LevelFilter } from "@/components/versions/level-filter.tsx";
import { getDeps } from "@/lib/next/index.ts";
import { compareVersions, listVersions } from "@/lib/views/index.ts";
import { firstOfEach } from "../../../../search-params.ts";
import type { SearchParams } from "../../../../search-params.ts";
import { found } from "../found.ts";
import { loadApi } from "../load-api.ts";
import type { ApiParams } from "../load-api.ts";

export const metadata: Metadata = { title: "Compare" };

export default async function ComparePage({
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
  if (versions.length < 2) {
    return (
      <EmptyState title="There is nothing to compare yet">
        <p>This API has {versions.length === 1 ? "one version" : "no version"} so far.</p>
      </EmptyState>
    );
  }
  const to = numberOf(given["to"]) ?? versions[0]?.number ?? 1;
  const from = numberOf(given["from"]) ?? versions.find(({ number }) => number < to)?.number ?? 1;
  const onlyBreaking = given["only"] === "breaking";
  const comparison = found(await compareVersions(deps, viewer, api.id, { from, to }));
  const changes = onlyBreaking ? comparison.changes.filter(({ level }) => level === "breaking") : comparison.changes;
  const path = `${api.pagePath}/compare?from=${from}&to=${to}`;
  return (
    <div className="flex max-w-240 flex-col gap-5">
      <form action={`${api.pagePath}/compare`} className="flex flex-wrap items-end gap-3">
        {[
          { id: "from", label: "From", value: from },
          { id: "to", label: "To", value: to },
        ].map(({ id, label, value }) => (
          <Field key={id} id={id} label={label}>
            <Select id={id} name={id} defaultValue={String(value)} key={value} className="w-56 max-w-full">
              {versions.map((version) => (
                <option key={version.number} value={version.number}>
                  v{version.number} · {version.label} · {version.lifecycle}
                </option>
              ))}
            </Select>
          </Field>
        ))}
        <Button type="submit">Compare</Button>
      </form>
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-md font-semibold">
          From v{from} to v{to}
        </h2>
        <LevelCounts counts={comparison.counts} />
        <span className="sm:ml-auto">
          <LevelFilter allHref={path} breakingHref={`${path}&only=breaking`} onlyBreaking={onlyBreaking} />
        </span>
      </div>
      {changes.length === 0 ? (
        <p className="text-muted">{onlyBreaking ? "Nothing breaking." : "Both have the same contract."}</p>
      ) : (
        <ChangeList changes={changes} pagePath={api.pagePath} from={from} to={to} />
      )}
    </div>
  );
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : undefined;
}
