import { operations } from "@/lib/contract/index.ts";
import { bindRoute, readSelector } from "@/lib/next/index.ts";
import { listOperations } from "@/lib/views/index.ts";

export const GET = bindRoute(
  operations.listOperations,
  ({ deps, viewer, params, query }) => listOperations(deps, viewer, params.id, readSelector(params.number), query),
  { limit: "heavy" },
);
