import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state.tsx";

export default function NotFound() {
  return (
    <div className="page py-10">
      <title>Not found · Gatebook</title>
      <EmptyState heading="h1" title="There is nothing here">
        <p>
          The address is wrong, what was here has gone, or it is not shown to you. If you are not signed in, try that
          first.
        </p>
        <Link href="/" className="text-link">
          To the catalogue
        </Link>
      </EmptyState>
    </div>
  );
}
