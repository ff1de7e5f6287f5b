import type { Metadata } from "next";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { Field } from "@/components/ui/field.tsx";
import { LevelCounts } from "@/components/ui/level-counts.tsx";
import { Select } from "@/components/ui/select.tsx";
import { ChangeList } from "@/components/versions/change-list.tsx";
import { LevelFilter } from "@/components/versions/level-filter.tsx";
import { LineNav } from "@/components/versions/line-nav.tsx";
import { pageHref } from "@/components/versions/page-href.ts";
import { getDeps } from "@/lib/next/index.ts";
import { compareVersions, listVersions } from "@/lib/views/index.ts";
import { firstOfEach } from "../../../../search-params.ts";
import type { SearchParams } from "../../../../search-params.ts";
import { chooseLine } from "../choose-line.ts";
import { found } from "../found.ts";
import { loadPage } from "../load-api.ts";
import type { ApiParams } from "../load-api.ts";

export const metadata: Metadata = { title: "Compare" };

export default async function ComparePage({
  params,
  searchParams,
}: {
  readonly params: ApiParams;
  readonly searchParams: Promise<SearchParams>;
}) {
  const { api, viewer } = await loadPage(params, "/compare", searchParams);
  const deps = getDeps();
  const given = firstOfEach(await searchParams);
  const { line } = chooseLine(api, given["line"]);
  const place = { pagePath: api.pagePath, line };
  const lines = <LineNav api={api} chosen={line} part="compare" />;
  const versions = found(await listVersions(deps, viewer, api.id, { limit: 200, line })).items;
  if (versions.length < 2) {
    return (
      <div className="flex flex-col gap-5">
        {lines}
        <EmptyState title="There is nothing to compare yet">
          <p>
            {line === undefined ? "This API" : `The line ${line}`} has{" "}
            {versions.length === 1 ? "one version" : "no version"} so far.
          </p>
        </EmptyState>
      </div>
    );
  }
  const to = numberOf(given["to"]) ?? versions[0]?.number ?? 1;
  const from = numberOf(given["from"]) ?? versions.find(({ number }) => number < to)?.number ?? 1;
  const onlyBreaking = given["only"] === "breaking";
  const comparison = found(await compareVersions(deps, viewer, api.id, { from, to, line }));
  const changes = onlyBreaking ? comparison.changes.filter(({ level }) => level === "breaking") : comparison.changes;
  return (
    <div className="flex max-w-240 flex-col gap-5">
      {lines}
      <form action={`${api.pagePath}/compare`} className="flex flex-wrap items-end gap-3">
        {line !== undefined && <input type="hidden" name="line" value={line} />}
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
          <LevelFilter
            allHref={pageHref(place, "compare", { from, to })}
            breakingHref={pageHref(place, "compare", { from, to, only: "breaking" })}
            onlyBreaking={onlyBreaking}
          />
        </span>
      </div>
      {changes.length === 0 ? (
        <p className="text-muted">{onlyBreaking ? "Nothing breaking." : "Both have the same contract."}</p>
      ) : (
        <ChangeList changes={changes} place={place} from={from} to={to} />
      )}
    </div>
  );
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : undefined;
}
