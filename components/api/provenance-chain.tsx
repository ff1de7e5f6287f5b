import type { ApiDetail } from "@/lib/contract/index.ts";
import { CodedText } from "../ui/coded-text.tsx";

/** The chain of objects that proves an API, from the outside in, each with what it says. */
export function ProvenanceChain({ steps }: { readonly steps: ApiDetail["provenance"] }) {
  if (steps.length === 0) return <p className="text-muted">Nothing was recorded.</p>;
  return (
    <ol className="flex flex-col">
      {steps.map(({ object, says }, index) => (
        <li
          key={`${object.kind} ${object.namespace} ${object.name}`}
          className="relative flex flex-col pb-4 pl-6 last:pb-0"
        >
          <span aria-hidden className="absolute top-1.5 left-0 size-2.5 rounded-full border-2 border-accent" />
          {index < steps.length - 1 && <span aria-hidden className="absolute top-4 bottom-0 left-[4px] border-l" />}
          <span className="font-medium">
            {object.kind}
            {object.group !== "" && <span className="font-normal text-muted"> {object.group}</span>}
          </span>
          <span className="font-mono text-sm wrap-anywhere">
            {object.namespace === "" ? object.name : `${object.namespace}/${object.name}`}
          </span>
          <span className="text-sm wrap-anywhere text-muted">
            <CodedText text={says} />
          </span>
        </li>
      ))}
    </ol>
  );
}
