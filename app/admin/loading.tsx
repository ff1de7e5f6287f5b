import { PageLoading } from "@/components/shell/page-loading.tsx";

export default function AdminLoading() {
  return <PageLoading title="Administration" />;
}
