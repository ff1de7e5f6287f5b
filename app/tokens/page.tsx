import type { Metadata } from "next";
import { QueryProvider } from "@/components/rest/query-provider.tsx";
import { Denied } from "@/components/shell/denied.tsx";
import { PageFrame } from "@/components/shell/page-frame.tsx";
import { TokenManager } from "@/components/tokens/token-manager.tsx";
import { getDeps, getViewer } from "@/lib/next/index.ts";
import { listTokens } from "@/lib/views/index.ts";

export const metadata: Metadata = { title: "Access tokens" };

const lead = "For programs that read the portal as you. A token can do what you can, but not make further tokens.";

export default async function TokensPage() {
  const viewer = await getViewer();
  if (viewer.kind !== "person") {
    return (
      <PageFrame title="Access tokens" lead={lead}>
        <Denied anonymous reason="Access tokens belong to people who are signed in." />
      </PageFrame>
    );
  }
  const { items } = await listTokens(getDeps(), viewer);
  return (
    <PageFrame title="Access tokens" lead={lead}>
      <QueryProvider>
        <TokenManager items={items} />
      </QueryProvider>
    </PageFrame>
  );
}
