import { Skeleton } from "../ui/skeleton.tsx";

/** The place of the reference while its library and the document arrive. */
export function ReferenceSkeleton() {
  return (
    <div className="flex min-h-128 flex-col gap-2" aria-busy="true">
      <span role="status" className="sr-only">
        Loading the reference
      </span>
      <Skeleton className="mb-3 h-8 w-72" />
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} className="h-10 w-full" />
      ))}
    </div>
  );
}
