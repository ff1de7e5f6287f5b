import { Skeleton } from "@/components/ui/skeleton.tsx";

export default function TabLoading() {
  return (
    <div className="flex min-h-128 flex-col gap-3" aria-busy="true">
      <span role="status" className="sr-only">
        Loading
      </span>
      <Skeleton className="h-7 w-48" />
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} className="h-10 w-full" />
      ))}
    </div>
  );
}
