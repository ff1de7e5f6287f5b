import type { ApiDetail } from "@/lib/contract/index.ts";
import { Callout } from "../ui/callout.tsx";
import { Chip } from "../ui/chip.tsx";
import { CodedText } from "../ui/coded-text.tsx";

/** Every address with the object that makes it and how its paths become the workload's. */
export function EndpointTable({
  endpoints,
  internalUrl,
}: {
  readonly endpoints: ApiDetail["endpoints"];
  readonly internalUrl: string | null;
}) {
  if (endpoints.length === 0) {
    return (
      <p className="text-muted">None was found{internalUrl !== null && `; inside the cluster: ${internalUrl}`}.</p>
    );
  }
  return (
    <ul className="divide-y rounded border bg-surface">
      {endpoints.map((endpoint) => (
        <li key={endpoint.id} className="flex flex-col gap-2 px-3 py-2.5">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <Chip tone={endpoint.reach === "public" ? "accent" : "neutral"}>
              {endpoint.reach === "public" ? "Public" : "In the cluster"}
            </Chip>
            <code className="font-mono text-sm wrap-anywhere">{endpoint.url}</code>
            <span className="text-sm text-muted sm:ml-auto">
              {endpoint.via.kind}{" "}
              <span className="font-mono">
                {endpoint.via.namespace}/{endpoint.via.name}
              </span>
            </span>
          </div>
          {endpoint.problem !== null && <Callout tone="risky" title={<CodedText text={endpoint.problem} />} />}
          {endpoint.paths.length > 0 && (
            <ul className="text-sm">
              {endpoint.paths.map((path) => (
                <li key={`${path.match} ${path.publicPath} ${path.backendPath}`} className="wrap-anywhere">
                  <code className="font-mono">{path.publicPath}</code>
                  <span className="text-muted"> {path.match === "exact" ? "exactly" : "and below"}</span>
                  {path.backendPath !== path.publicPath && (
                    <span className="text-muted">
                      , which the server sees as <code className="font-mono text-foreground">{path.backendPath}</code>
                    </span>
                  )}
                  {path.methods !== null && <span className="text-muted">, {path.methods.join(", ")} only</span>}
                </li>
              ))}
            </ul>
          )}
          {endpoint.requiredHeaders.map((header) => (
            <p key={header.name} className="text-sm wrap-anywhere text-muted">
              needs the header{" "}
              <code className="font-mono text-foreground">
                {header.value === null ? header.name : `${header.name}: ${header.value}`}
              </code>
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}
