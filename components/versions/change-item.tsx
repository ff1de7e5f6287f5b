import Link from "next/link";
import type { z } from "zod";
import type { changeSchema } from "@/lib/contract/index.ts";
import { sayWitness } from "@/lib/model/index.ts";
import { CodedText } from "../ui/coded-text.tsx";
import { LevelBadge } from "../ui/level-badge.tsx";
import { pageHref } from "./page-href.ts";
import type { PagePlace } from "./page-href.ts";

type Change = z.infer<typeof changeSchema>;

const directionWords = { request: "in the request", response: "in the response", none: null } as const;
const valueCharsMax = 2_000;

/** One change: how bad, what, what to do; its place in both versions and its evidence unfold. */
export function ChangeItem({
  change,
  place,
  from,
  to,
}: {
  readonly change: Change;
  readonly place: PagePlace;
  readonly from: number | null;
  readonly to: number;
}) {
  const direction = directionWords[change.direction];
  const witness = sayWitness(change);
  const operation =
    change.method === null || change.path === null ? null : `${change.method.toUpperCase()} ${change.path}`;
  const inVersion = (version: number) =>
    pageHref(place, "reference", { version, ...(operation === null ? {} : { op: operation }) });
  return (
    <details className="group/change">
      <summary className="flex items-start gap-x-3 gap-y-1.5 rounded px-3 py-2 -outline-offset-2 hover:bg-hover/60 max-sm:flex-wrap">
        <LevelBadge level={change.level} className="mt-px w-21" />
        <span className="min-w-0 flex-1 max-sm:order-1 max-sm:basis-full">
          <span className="block wrap-anywhere">
            <CodedText text={change.message} />
            {direction !== null && <span className="text-muted"> · {direction}</span>}
          </span>
          {change.advice !== "" && (
            <span className="block text-sm wrap-anywhere text-muted">
              <CodedText text={change.advice} />
            </span>
          )}
        </span>
        <span
          aria-hidden
          className="mt-0.5 text-muted transition-transform max-sm:ml-auto duration-150 group-open/change:rotate-90"
        >
          ›
        </span>
      </summary>
      <div className="flex flex-col gap-2.5 px-3 pt-1 pb-3 text-sm sm:pl-27">
        <div className="grid gap-2.5 md:grid-cols-2">
          <Side
            title="Before"
            value={change.before}
            pointer={change.pointerBefore}
            {...(from === null || change.pointerBefore === null ? {} : { href: inVersion(from), version: from })}
          />
          <Side
            title="After"
            value={change.after}
            pointer={change.pointerAfter}
            {...(change.pointerAfter === null ? {} : { href: inVersion(to), version: to })}
          />
        </div>
        {witness !== null && (
          <p className="wrap-anywhere">
            <CodedText text={witness} />
          </p>
        )}
        {change.usedBy.length > 0 && (
          <p className="wrap-anywhere text-muted">
            Used by{" "}
            {change.usedBy
              .slice(0, 8)
              .map((use) => `${use.method.toUpperCase()} ${use.path}`)
              .join(", ")}
            {change.usedBy.length > 8 && ` and ${change.usedBy.length - 8} more`}.
          </p>
        )}
        <p className="font-mono text-xs text-muted">{change.id}</p>
      </div>
    </details>
  );
}

function Side({
  title,
  value,
  pointer,
  href,
  version,
}: {
  readonly title: string;
  readonly value: unknown;
  readonly pointer: string | null;
  readonly href?: string;
  readonly version?: number;
}) {
  return (
    <div className="min-w-0 rounded border bg-sunken px-2.5 py-2">
      <div className="flex items-baseline justify-between gap-2">
        <span className="text-xs font-medium text-muted">{title}</span>
        {href !== undefined && (
          <Link href={href} prefetch={false} className="text-xs text-link">
            in the reference of v{version}
          </Link>
        )}
      </div>
      {pointer === null ? (
        <p className="text-muted">Not there</p>
      ) : (
        <>
          <pre className="font-mono text-sm wrap-anywhere whitespace-pre-wrap">{shorten(value)}</pre>
          <p className="mt-1 font-mono text-xs wrap-anywhere text-muted">{pointer}</p>
        </>
      )}
    </div>
  );
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return text.length > valueCharsMax ? `${text.slice(0, valueCharsMax)}…` : text;
}
