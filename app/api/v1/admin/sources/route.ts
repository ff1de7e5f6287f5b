import { operations } from "@/lib/contract/index.ts";
import { bindRoute } from "@/lib/next/index.ts";
import { getAdminReport } from "@/lib/views/index.ts";

export const GET = bindRoute(operations.getAdminReport, ({ deps, viewer }) => getAdminReport(deps, viewer));
