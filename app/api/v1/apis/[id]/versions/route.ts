import { operations } from "@/lib/contract/index.ts";
import { bindRoute } from "@/lib/next/index.ts";
import { listVersions } from "@/lib/views/index.ts";

export const GET = bindRoute(operations.listVersions, ({ deps, viewer, params, query }) =>
  listVersions(deps, viewer, params.id, query),
);
