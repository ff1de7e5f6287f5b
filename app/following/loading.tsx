import { PageLoading } from "@/components/shell/page-loading.tsx";

export default function FollowingLoading() {
  return <PageLoading title="Following" />;
}
