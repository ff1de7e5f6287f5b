import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { ApiDetail } from "@/lib/contract/index.ts";
import type { Viewer } from "@/lib/model/index.ts";
import { getDeps, getViewer } from "@/lib/next/index.ts";
import { findApiByPath, getApi } from "@/lib/views/index.ts";
import { firstOfEach } from "../../../search-params.ts";
import type { SearchParams } from "../../../search-params.ts";

export type ApiParams = Promise<{ readonly namespace: string; readonly name: string }>;
type Loaded = { readonly api: ApiDetail; readonly viewer: Viewer };

/** The API that the path of a page names, once per request; "not found" for what is absent and for what is hidden alike. */
export async function loadApi(params: ApiParams): Promise<Loaded> {
  const { namespace, name } = await params;
  return load(decodeURIComponent(namespace), decodeURIComponent(name));
}

/**
 * The same for a page, `tab` being its place below the API's: under a name that the API had before, or without the kind that
 * tells it from another, it leads to the same place under the right one. Names may come back, so no browser is to remember that.
 */
export async function loadPage(params: ApiParams, tab: string, search?: Promise<SearchParams>): Promise<Loaded> {
  const loaded = await loadApi(params);
  const { namespace, name } = await params;
  const { pagePath } = loaded.api;
  if (decodeURIComponent(pagePath) === `/apis/${decodeURIComponent(namespace)}/${decodeURIComponent(name)}`)
    return loaded;
  const query = new URLSearchParams(firstOfEach((await search) ?? {})).toString();
  redirect(`${pagePath}${tab}${query === "" ? "" : `?${query}`}`);
}

const load = cache(async (namespace: string, nameAndKind: string): Promise<Loaded> => {
  const viewer = await getViewer();
  const deps = getDeps();
  const [name = "", kind] = nameAndKind.split("~", 2);
  const found = await findApiByPath(deps, viewer, { namespace, name, ...(kind === undefined ? {} : { kind }) });
  if (found === null) notFound();
  const api = await getApi(deps, viewer, found.id);
  if (api === null) notFound();
  return { api, viewer };
});
