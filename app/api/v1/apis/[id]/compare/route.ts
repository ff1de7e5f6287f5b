import { operations } from "@/lib/contract/index.ts";
import { bindRoute } from "@/lib/next/index.ts";
import { compareVersions } from "@/lib/views/index.ts";

export const GET = bindRoute(
  operations.compareVersions,
  ({ deps, viewer, params, query }) => compareVersions(deps, viewer, params.id, query),
  { limit: "heavy" },
);
