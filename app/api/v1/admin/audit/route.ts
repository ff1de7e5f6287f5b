import { operations } from "@/lib/contract/index.ts";
import { bindRoute } from "@/lib/next/index.ts";
import { listAudit } from "@/lib/views/index.ts";

export const GET = bindRoute(operations.listAudit, ({ deps, viewer, query }) => listAudit(deps, viewer, query));
