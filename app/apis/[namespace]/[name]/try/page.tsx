import type { Metadata } from "next";
import { NoDescription } from "@/components/api/no-description.tsx";
import { Console } from "@/components/console/console.tsx";
import { operationForm } from "@/components/console/operation-form.ts";
import { OperationPicker } from "@/components/console/operation-picker.tsx";
import { serverOf } from "@/components/console/server-of.ts";
import { SignInLink } from "@/components/shell/sign-in-link.tsx";
import { Callout } from "@/components/ui/callout.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { Markdown } from "@/components/ui/markdown.tsx";
import { LineNav } from "@/components/versions/line-nav.tsx";
import { getDeps } from "@/lib/next/index.ts";
import { getDescription, listOperations } from "@/lib/views/index.ts";
import { firstOfEach } from "../../../../search-params.ts";
import type { SearchParams } from "../../../../search-params.ts";
import { chooseLine } from "../choose-line.ts";
import { loadPage } from "../load-api.ts";
import type { ApiParams } from "../load-api.ts";
import { readDocument } from "../read-document.ts";
import { fixedHeaders } from "@/lib/model/index.ts";

export const metadata: Metadata = { title: "Try it" };

/** Operations that a person most likely wants to try first. */
const calls = /\b(predict|infer|generate|completions|embed|classify|score|explain)/i;

export default async function TryPage({
  params,
  searchParams,
}: {
  readonly params: ApiParams;
  readonly searchParams: Promise<SearchParams>;
}) {
  const { api, viewer } = await loadPage(params, "/try", searchParams);
  const deps = getDeps();
  const { op, line: asked } = firstOfEach(await searchParams);
  const { line, lineFacts } = chooseLine(api, asked);
  const lines = <LineNav api={api} chosen={line} part="try" />;
  if (lineFacts.currentVersion === null) {
    return (
      <div className="flex flex-col gap-5">
        {lines}
        <NoDescription api={api} />
      </div>
    );
  }
  const [listed, description] = await Promise.all([
    listOperations(deps, viewer, api.id, "current", { line }),
    getDescription(deps, viewer, api.id, "current", { view: "public", line }),
  ]);
  const operations = (listed?.items ?? []).filter(({ internal }) => !internal);
  const chosen =
    operations.find(({ id }) => id === op) ??
    operations.find(({ method, path }) => method === "post" && calls.test(path)) ??
    operations[0];
  const document = readDocument(description)?.document;
  const form = chosen === undefined || document === undefined ? null : operationForm(document, chosen.id);
  if (chosen === undefined || form === null) {
    return (
      <EmptyState title="There is nothing to call">
        <p>The description names no operation that a route reaches.</p>
      </EmptyState>
    );
  }
  const endpoints = api.endpoints
    .filter((endpoint) => endpoint.reach === "public" && endpoint.line === (line ?? api.lines[0]?.name))
    .flatMap(({ id, url, requiredHeaders }) => {
      const server = serverOf(chosen, url);
      return server === null ? [] : [{ id, url, server, requiredHeaders: fixedHeaders(requiredHeaders) }];
    });
  return (
    <div className="flex flex-col gap-5">
      {lines}
      {!api.can.try.allowed && (
        <Callout tone="denied" title="Calls cannot be sent from here">
          {api.can.try.reason} {viewer.kind === "anonymous" && <SignInLink className="text-link">Sign in</SignInLink>}
        </Callout>
      )}
      <OperationPicker operations={operations} chosen={chosen.id} place={{ pagePath: api.pagePath, line }} />
      {(form.summary !== "" || form.description !== "") && (
        <div className="text-muted">
          <Markdown text={form.description === "" ? form.summary : form.description.slice(0, 2000)} />
        </div>
      )}
      <Console
        key={`${chosen.id} ${line ?? ""} ${lineFacts.currentVersion.number}`}
        apiId={api.id}
        endpoints={endpoints}
        form={form}
        allowed={api.can.try.allowed && endpoints.length > 0}
      />
    </div>
  );
}
