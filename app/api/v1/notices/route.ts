import { operations } from "@/lib/contract/index.ts";
import { bindRoute } from "@/lib/next/index.ts";
import { listNotices } from "@/lib/views/index.ts";

export const GET = bindRoute(operations.listNotices, ({ deps, viewer, query }) => listNotices(deps, viewer, query));
