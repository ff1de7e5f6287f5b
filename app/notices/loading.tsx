import { PageLoading } from "@/components/shell/page-loading.tsx";

export default function NoticesLoading() {
  return <PageLoading title="Notices" />;
}
