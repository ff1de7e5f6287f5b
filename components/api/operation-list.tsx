import Link from "next/link";
import type { z } from "zod";
import type { operationSchema } from "@/lib/contract/index.ts";
import { MethodBadge } from "../ui/method-badge.tsx";

type Operation = z.infer<typeof operationSchema>;

const shownMax = 40;

/** What can be called, each line a link to its place in the reference. */
export function OperationList({
  operations,
  pagePath,
}: {
  readonly operations: readonly Operation[];
  readonly pagePath: string;
}) {
  const rest = operations.length - shownMax;
  return (
    <>
      <ul className="divide-y rounded border bg-surface">
        {operations.slice(0, shownMax).map((operation) => (
          <li key={operation.id}>
            <Link
              href={`${pagePath}/reference?op=${encodeURIComponent(operation.id)}`}
              prefetch={false}
              className="flex flex-wrap items-baseline gap-x-2 rounded px-3 py-1.5 -outline-offset-2 hover:bg-hover"
            >
              <MethodBadge method={operation.method} />
              <code
                className={`font-mono text-sm wrap-anywhere ${operation.deprecated ? "text-muted line-through" : ""}`}
              >
                {operation.path}
              </code>
              {operation.deprecated && <span className="text-xs text-muted">deprecated</span>}
              <span className="min-w-0 truncate text-sm text-muted sm:ml-auto">{operation.summary}</span>
            </Link>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Link href={`${pagePath}/reference`} className="text-sm text-link">
          {rest.toLocaleString("en")} more in the reference
        </Link>
      )}
    </>
  );
}
