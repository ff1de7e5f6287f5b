import type { z } from "zod";
import type { changeSchema } from "@/lib/contract/index.ts";
import { MethodBadge } from "../ui/method-badge.tsx";
import { ChangeItem } from "./change-item.tsx";
import type { PagePlace } from "./page-href.ts";

type Change = z.infer<typeof changeSchema>;

const order = { breaking: 0, risky: 1, safe: 2, info: 3 } as const;

/** Changes grouped by the operation that they touch, the worst first. */
export function ChangeList({
  changes,
  place,
  from,
  to,
  heading: Heading = "h3",
}: {
  readonly changes: readonly Change[];
  readonly place: PagePlace;
  readonly from: number | null;
  readonly to: number;
  readonly heading?: "h3" | "h4";
}) {
  const groups = new Map<string, Change[]>();
  for (const change of [...changes].sort((left, right) => order[left.level] - order[right.level])) {
    const key = change.method === null || change.path === null ? "" : `${change.method.toUpperCase()} ${change.path}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return (
    <div className="flex flex-col gap-4">
      {[...groups].map(([operation, members]) => (
        <div key={operation} className="min-w-0">
          <Heading className="mb-1 text-sm font-medium">
            {operation === "" ? (
              <span className="text-muted">The whole document</span>
            ) : (
              <span className="inline-flex items-baseline wrap-anywhere">
                <MethodBadge method={operation.slice(0, operation.indexOf(" "))} />
                <code className="font-mono">{operation.slice(operation.indexOf(" ") + 1)}</code>
              </span>
            )}
          </Heading>
          <ul className="divide-y rounded border bg-surface">
            {members.map((change) => (
              <li key={change.fingerprint}>
                <ChangeItem change={change} place={place} from={from} to={to} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
