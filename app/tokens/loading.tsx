import { PageLoading } from "@/components/shell/page-loading.tsx";

export default function TokensLoading() {
  return <PageLoading title="Access tokens" />;
}
