import Link from "next/link";
import { EndpointList } from "@/components/api/endpoint-list.tsx";
import { NoDescription } from "@/components/api/no-description.tsx";
import { OperationList } from "@/components/api/operation-list.tsx";
import { originWords } from "@/components/api/origin-words.ts";
import { QuickStart } from "@/components/api/quick-start.tsx";
import { RevisionBars } from "@/components/api/revision-bars.tsx";
import { Callout } from "@/components/ui/callout.tsx";
import { Chip } from "@/components/ui/chip.tsx";
import { Facts } from "@/components/ui/facts.tsx";
import { Markdown } from "@/components/ui/markdown.tsx";
import { protocolWords } from "@/components/ui/protocol-words.ts";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { Section } from "@/components/ui/section.tsx";
import { LineNav } from "@/components/versions/line-nav.tsx";
import { pageHref } from "@/components/versions/page-href.ts";
import { getDeps } from "@/lib/next/index.ts";
import { getDescription, listOperations } from "@/lib/views/index.ts";
import { loadPage } from "./load-api.ts";
import type { ApiParams } from "./load-api.ts";
import { readDocument } from "./read-document.ts";

export default async function OverviewPage({ params }: { readonly params: ApiParams }) {
  const { api, viewer } = await loadPage(params, "");
  const deps = getDeps();
  const described = api.currentVersion !== null;
  const [operations, description] = described
    ? await Promise.all([
        listOperations(deps, viewer, api.id, "current"),
        getDescription(deps, viewer, api.id, "current", { view: "public" }),
      ])
    : [null, null];
  const called = (operations?.items ?? []).filter(({ internal }) => !internal);
  const document = readDocument(description);
  return (
    <div className="grid gap-x-10 gap-y-7 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-7">
        {api.lines.map(
          ({ name, upcomingVersion }, index) =>
            upcomingVersion !== null && (
              <Callout
                key={name}
                tone={upcomingVersion.verdict === "breaking" ? "breaking" : "info"}
                title={`Version ${upcomingVersion.number}${api.lines.length > 1 ? ` of ${name}` : ""} is upcoming`}
              >
                A revision that is not current yet serves another contract.{" "}
                <Link
                  href={pageHref(
                    { pagePath: api.pagePath, line: index === 0 ? undefined : name },
                    "changelog",
                    {},
                    `v${upcomingVersion.number}`,
                  )}
                  className="text-link"
                >
                  See what will change
                </Link>
              </Callout>
            ),
        )}
        {api.lines.length > 1 && <LineNav api={api} chosen={undefined} part="reference" />}
        {document?.text !== undefined ? (
          <Section title="About">
            <Markdown text={document.text} />
          </Section>
        ) : (
          api.summary !== "" && <p className="prose-width text-md wrap-anywhere">{api.summary}</p>
        )}
        <Section title="Addresses">
          <EndpointList api={api} />
        </Section>
        {operations === null ? (
          <Section title="Operations">
            <NoDescription api={api} />
          </Section>
        ) : (
          <>
            {document !== null && <QuickStart api={api} document={document.document} operations={called} />}
            <Section
              title="Operations"
              aside={<span className="text-sm text-muted tabular-nums">{called.length.toLocaleString("en")}</span>}
            >
              <OperationList operations={called} pagePath={api.pagePath} />
              {called.length < operations.items.length && (
                <p className="text-sm text-muted">
                  {(operations.items.length - called.length).toLocaleString("en")} more are internal: no route reaches
                  them.
                </p>
              )}
            </Section>
          </>
        )}
      </div>
      <aside className="flex flex-col gap-7">
        <Section title="Facts">
          <Facts
            facts={[
              { name: "Type", value: protocolWords[api.protocol] },
              ...(api.server === null ||
              api.server === "unknown-http" ||
              api.facts.some(({ name }) => name === "Server")
                ? []
                : [{ name: "Server", value: api.server }]),
              { name: "Kind", value: api.kind },
              { name: "Name", value: `${api.namespace}/${api.name}`, mono: true },
              { name: "Cluster", value: api.cluster, mono: true },
              { name: "Description", value: originWords[api.origin] },
              ...(api.currentVersion === null
                ? []
                : [
                    {
                      name: "Version",
                      value: (
                        <>
                          v{api.currentVersion.number}{" "}
                          <span className="text-muted">
                            {api.currentVersion.label !== `v${api.currentVersion.number}` &&
                              `(${api.currentVersion.label}) `}
                            <RelativeTime at={api.currentVersion.createdAt} />
                          </span>
                        </>
                      ),
                    },
                  ]),
              ...api.facts.map((fact) => ({ name: fact.name, value: fact.value })),
              { name: "Followers", value: api.followerCount.toLocaleString("en") },
              ...(api.tags.length === 0
                ? []
                : [
                    {
                      name: "Tags",
                      value: (
                        <span className="flex flex-wrap gap-1">
                          {api.tags.map((tag) => (
                            <Chip key={tag}>{tag}</Chip>
                          ))}
                        </span>
                      ),
                    },
                  ]),
            ]}
          />
        </Section>
        <Section title="Revisions">
          <RevisionBars api={api} />
        </Section>
        {described && (
          <Section title="Download">
            <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
              <li>
                <a className="text-link" href={`/api/v1/apis/${api.id}/versions/current/openapi.json`} download>
                  OpenAPI, JSON
                </a>
              </li>
              <li>
                <a className="text-link" href={`/api/v1/apis/${api.id}/versions/current/openapi.yaml`} download>
                  OpenAPI, YAML
                </a>
              </li>
            </ul>
          </Section>
        )}
      </aside>
    </div>
  );
}
