import { operations } from "@/lib/contract/index.ts";
import { bindRoute } from "@/lib/next/index.ts";
import { getCatalogue } from "@/lib/views/index.ts";

export const GET = bindRoute(operations.listApis, ({ deps, viewer, query }) => getCatalogue(deps, viewer, query));
