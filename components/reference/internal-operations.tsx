import type { z } from "zod";
import type { operationSchema } from "@/lib/contract/index.ts";
import { MethodBadge } from "../ui/method-badge.tsx";
import { Section } from "../ui/section.tsx";

type Operation = z.infer<typeof operationSchema>;

/** What the server has and no route reaches: told, so that nobody looks for it outside; nothing where there is none. */
export function InternalOperations({ operations }: { readonly operations: readonly Operation[] }) {
  if (operations.length === 0) return null;
  const server = operations[0]?.servers[0];
  return (
    <Section title="Internal operations">
      <p className="prose-width text-sm text-muted">
        The server has them, but no route from outside leads there
        {server === undefined ? "." : "; inside the cluster they are below "}
        {server !== undefined && <code className="font-mono text-foreground">{server}</code>}
      </p>
      <ul className="divide-y rounded border bg-surface">
        {operations.map((operation) => (
          <li key={operation.id} className="flex flex-wrap items-baseline gap-x-2 px-3 py-1.5">
            <MethodBadge method={operation.method} />
            <code className="font-mono text-sm wrap-anywhere">{operation.path}</code>
            <span className="min-w-0 truncate text-sm text-muted sm:ml-auto">{operation.summary}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
