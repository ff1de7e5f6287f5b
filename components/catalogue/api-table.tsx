import { BookmarkCheck } from "lucide-react";
import type { ApiSummary } from "@/lib/contract/index.ts";
import { Chip } from "../ui/chip.tsx";
import { HoverLink } from "../ui/hover-link.tsx";
import { protocolWords } from "../ui/protocol-words.ts";
import { StateDot } from "../ui/state-dot.tsx";
import { VersionMark } from "./version-mark.tsx";
import { VisibilityMark } from "./visibility-mark.tsx";

const head = "h-8 border-b px-3 text-left text-xs font-medium whitespace-nowrap text-muted";
const cell = "border-b px-3 py-2 align-top group-hover:bg-hover/60";

/** APIs as a dense table; on small screens each row becomes a short block. */
export function ApiTable({ items }: { readonly items: readonly ApiSummary[] }) {
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 max-md:block">
      <thead className="max-md:hidden">
        <tr>
          <th scope="col" className={head}>
            API
          </th>
          <th scope="col" className={`${head} w-36`}>
            Type
          </th>
          <th scope="col" className={`${head} w-28 max-xl:hidden`}>
            Owner
          </th>
          <th scope="col" className={`${head} w-36`}>
            State
          </th>
          <th scope="col" className={`${head} w-44 xl:w-60`}>
            Version
          </th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {items.map((api) => (
          <tr key={api.id} data-api={api.id} className="group relative max-md:block max-md:border-b max-md:py-2.5">
            <td className={`${cell} max-md:block max-md:border-0 max-md:px-1 max-md:py-0`}>
              <div className="flex min-w-0 flex-wrap items-center gap-x-2">
                <HoverLink
                  href={api.pagePath}
                  className="font-semibold wrap-anywhere outline-offset-1 after:absolute after:inset-0 group-hover:underline md:after:hidden"
                >
                  {api.title}
                </HoverLink>
                <VisibilityMark visibility={api.visibility} />
                {api.following && (
                  <span title="You follow this API" className="inline-flex">
                    <BookmarkCheck aria-hidden className="size-3.5 text-accent" />
                    <span className="sr-only">You follow this API</span>
                  </span>
                )}
                <span className="min-w-0 truncate font-mono text-xs text-muted">
                  {api.namespace}/{api.name}
                </span>
              </div>
              {api.summary !== "" && <p className="line-clamp-1 text-sm wrap-anywhere text-muted">{api.summary}</p>}
            </td>
            <td className={`${cell} max-md:hidden`}>
              <Chip>{protocolWords[api.protocol]}</Chip>
            </td>
            <td className={`${cell} truncate text-sm max-xl:hidden`}>
              {api.owner ?? <span className="text-muted">not named</span>}
            </td>
            <td className={`${cell} text-sm max-md:inline-block max-md:border-0 max-md:px-1 max-md:py-1`}>
              <StateDot state={api.state} reason={api.stateReason} />
            </td>
            <td className={`${cell} max-md:inline-block max-md:border-0 max-md:px-2 max-md:py-1`}>
              <VersionMark api={api} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
