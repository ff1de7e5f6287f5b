import { PageLoading } from "@/components/shell/page-loading.tsx";

export default function AuditLoading() {
  return <PageLoading title="Audit log" />;
}
