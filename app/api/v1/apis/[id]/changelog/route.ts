import { operations } from "@/lib/contract/index.ts";
import { bindRoute } from "@/lib/next/index.ts";
import { getChangelog } from "@/lib/views/index.ts";

export const GET = bindRoute(operations.getChangelog, ({ deps, viewer, params, query }) =>
  getChangelog(deps, viewer, params.id, query),
);
