import { PortalError } from "../rest/call-portal.ts";
import { Callout } from "../ui/callout.tsx";
import { CodedText } from "../ui/coded-text.tsx";

/** Why a description was not taken, with the lines. */
export function DraftProblems({ error }: { readonly error: Error }) {
  const problems = error instanceof PortalError ? (error.problem?.problems ?? []) : [];
  return (
    <Callout tone="breaking" title={error.message} role="alert">
      {problems.length > 0 && (
        <ul className="mt-1.5 flex flex-col gap-1">
          {problems.map((problem) => (
            <li key={`${problem.pointer} ${problem.message}`} className="flex gap-3">
              <span className="w-16 shrink-0 text-muted tabular-nums">
                {problem.line === undefined ? "" : `line ${problem.line}`}
              </span>
              <span className="min-w-0">
                <CodedText text={problem.message} />{" "}
                <span className="font-mono text-xs text-muted">{problem.pointer === "" ? "#" : problem.pointer}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Callout>
  );
}
