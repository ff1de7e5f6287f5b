import { createToken } from "@/lib/acts/index.ts";
import { operations } from "@/lib/contract/index.ts";
import { bindRoute, refusalResponse } from "@/lib/next/index.ts";
import { listTokens, showToken } from "@/lib/views/index.ts";

export const GET = bindRoute(operations.listTokens, ({ deps, viewer }) => listTokens(deps, viewer));

export const POST = bindRoute(operations.createToken, async ({ deps, viewer, body }) => {
  const outcome = await createToken(deps, viewer, body);
  if (outcome.kind === "refused") return refusalResponse(outcome);
  const holder = viewer.kind === "anonymous" ? outcome.token : viewer;
  return { token: showToken(outcome.token, holder), secret: outcome.secret };
});
