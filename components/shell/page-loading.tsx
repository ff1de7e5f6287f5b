import { Skeleton } from "../ui/skeleton.tsx";
import { PageFrame } from "./page-frame.tsx";

/** A page whose content is on its way: its title stands already. */
export function PageLoading({ title }: { readonly title: string }) {
  return (
    <PageFrame title={title} lead={<Skeleton className="my-1 h-4 w-80 max-w-full" />}>
      <div aria-busy="true" className="flex max-w-240 flex-col gap-2">
        <span role="status" className="sr-only">
          Loading
        </span>
        {Array.from({ length: 6 }, (_, index) => (
          <Skeleton key={index} className="h-15 w-full" />
        ))}
      </div>
    </PageFrame>
  );
}
