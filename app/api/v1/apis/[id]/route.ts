import { operations } from "@/lib/contract/index.ts";
import { bindRoute } from "@/lib/next/index.ts";
import { getApi } from "@/lib/views/index.ts";

export const GET = bindRoute(operations.getApi, ({ deps, viewer, params }) => getApi(deps, viewer, params.id));
