import type { ApiDetail } from "@/lib/contract/index.ts";
import { Callout } from "../ui/callout.tsx";
import { Chip } from "../ui/chip.tsx";
import { CodedText } from "../ui/coded-text.tsx";
import { CopyButton } from "../ui/copy-button.tsx";

/** Where an API is called: public addresses first, then the one inside the cluster. */
export function EndpointList({ api }: { readonly api: ApiDetail }) {
  const ordered = [...api.endpoints].sort(
    (left, right) => Number(left.reach === "cluster") - Number(right.reach === "cluster"),
  );
  if (ordered.length === 0) {
    return (
      <p className="text-muted">
        No address was found: no route reaches it, and its Service has no port that speaks HTTP.
      </p>
    );
  }
  return (
    <ul className="divide-y rounded border bg-surface">
      {ordered.map((endpoint) => (
        <li key={endpoint.id} className="flex flex-col gap-1.5 px-3 py-2">
          <div className="flex items-center gap-2">
            <Chip tone={endpoint.reach === "public" ? "accent" : "neutral"}>
              {endpoint.reach === "public" ? "Public" : "In the cluster"}
            </Chip>
            {api.lines.length > 1 && <Chip>{endpoint.line}</Chip>}
            <code className="min-w-0 flex-1 font-mono text-sm wrap-anywhere">{endpoint.url}</code>
            <CopyButton text={endpoint.url} label={`Copy ${endpoint.url}`} />
          </div>
          <p className="text-xs text-muted">
            by {endpoint.via.kind}{" "}
            <span className="font-mono">
              {endpoint.via.namespace}/{endpoint.via.name}
            </span>
            {endpoint.requiredHeaders.map((header) => (
              <span key={header.name}>
                {" "}
                · needs the header{" "}
                <span className="font-mono text-foreground">
                  {header.value === null ? header.name : `${header.name}: ${header.value}`}
                </span>
              </span>
            ))}
          </p>
          {endpoint.problem !== null && <Callout tone="risky" title={<CodedText text={endpoint.problem} />} />}
        </li>
      ))}
    </ul>
  );
}
