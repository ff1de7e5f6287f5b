import type { APIRequestContext } from "@playwright/test";
import { apiDetailSchema, catalogueSchema } from "@/lib/contract/index.ts";
import type { ApiDetail } from "@/lib/contract/index.ts";

/** The API whose page is at `path`, as REST tells whoever asks; throws where it does not. */
export async function findApi(request: APIRequestContext, path: string): Promise<ApiDetail> {
  const { items } = catalogueSchema.parse(await (await request.get("/api/v1/apis?limit=200")).json());
  const found = items.find(({ pagePath }) => pagePath === path);
  if (found === undefined) throw new Error(`REST lists no API with the page ${path}.`);
  return apiDetailSchema.parse(await (await request.get(`/api/v1/apis/${found.id}`)).json());
}
