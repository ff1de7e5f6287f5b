import { Skeleton } from "@/components/ui/skeleton.tsx";

export default function CatalogueLoading() {
  return (
    <div className="page grid gap-x-8 gap-y-4 py-5 lg:grid-cols-[13rem_minmax(0,1fr)]" aria-busy="true">
      <div className="flex flex-col gap-2 max-lg:hidden">
        {Array.from({ length: 14 }, (_, index) => (
          <Skeleton key={index} className="h-5 w-full" />
        ))}
      </div>
      <Skeleton className="h-8 lg:hidden" />
      <div className="flex min-w-0 flex-col gap-3">
        <div className="flex h-8 items-center gap-3">
          <h1 className="text-lg font-semibold">Catalogue</h1>
          <span role="status" className="sr-only">
            Loading
          </span>
        </div>
        <div>
          <div className="h-8 border-b" />
          {Array.from({ length: 12 }, (_, index) => (
            <div key={index} className="flex h-15 flex-col justify-center gap-2 border-b px-3">
              <Skeleton className="h-4 w-56" />
              <Skeleton className="h-3 w-96 max-w-full" />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
