import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ApiHeader } from "@/components/api/api-header.tsx";
import { TabNav } from "@/components/api/tab-nav.tsx";
import { LiveRefresh } from "@/components/events/live-refresh.tsx";
import { loadApi } from "./load-api.ts";
import type { ApiParams } from "./load-api.ts";

export async function generateMetadata({ params }: { readonly params: ApiParams }): Promise<Metadata> {
  const { api } = await loadApi(params);
  return { title: api.title };
}

export default async function ApiLayout({
  params,
  children,
}: {
  readonly params: ApiParams;
  readonly children: ReactNode;
}) {
  const { api } = await loadApi(params);
  return (
    <>
      <ApiHeader api={api} />
      <TabNav pagePath={api.pagePath} />
      <div className="page py-5">{children}</div>
      <LiveRefresh apiId={api.id} />
    </>
  );
}
