import { notFound, permanentRedirect } from "next/navigation";
import { cache } from "react";
import type { ApiDetail } from "@/lib/contract/index.ts";
import type { Viewer } from "@/lib/model/index.ts";
import { getDeps, getViewer } from "@/lib/next/index.ts";
import { findApiByPath, getApi } from "@/lib/views/index.ts";

export type ApiParams = Promise<{ readonly namespace: string; readonly name: string }>;

/** The API that the path of a page names, once per request; "not found" for what is absent and for what is hidden alike. */
export async function loadApi(params: ApiParams): Promise<{ readonly api: ApiDetail; readonly viewer: Viewer }> {
  const { namespace, name } = await params;
  return load(decodeURIComponent(namespace), decodeURIComponent(name));
}

const load = cache(async (namespace: string, nameAndKind: string) => {
  const viewer = await getViewer();
  const deps = getDeps();
  const [name = "", kind] = nameAndKind.split("~", 2);
  const found = await findApiByPath(deps, viewer, { namespace, name, ...(kind === undefined ? {} : { kind }) });
  if (found === null) notFound();
  const api = await getApi(deps, viewer, found.id);
  if (api === null) notFound();
  if (decodeURIComponent(api.pagePath) !== `/apis/${namespace}/${nameAndKind}`) permanentRedirect(api.pagePath);
  return { api, viewer };
});
