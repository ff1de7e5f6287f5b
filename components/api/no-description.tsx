import Link from "next/link";
import type { ApiDetail } from "@/lib/contract/index.ts";
import { CodeBlock } from "../ui/code-block.tsx";
import { CodedText } from "../ui/coded-text.tsx";
import { EmptyState } from "../ui/empty-state.tsx";

/** Why there is no description of an API, and what its owner can do about it. */
export function NoDescription({ api }: { readonly api: ApiDetail }) {
  const told = api.acquisitions.find((acquisition) => acquisition.message !== null);
  return (
    <EmptyState title="No description is known">
      <p>
        <CodedText
          text={told?.message ?? api.stateReason ?? "It has not been asked yet; that happens when its server is ready."}
        />
      </p>
      {typeof told?.advice === "string" && (
        <p>
          <CodedText text={told.advice} />
        </p>
      )}
      {typeof told?.admission?.manifest === "string" && (
        <CodeBlock code={told.admission.manifest} label="NetworkPolicy that admits the portal" />
      )}
      <p>
        <Link href={`${api.pagePath}/source`} className="text-link">
          What was tried
        </Link>
        {api.can.publish.allowed && (
          <>
            {" "}
            ·{" "}
            <Link href={`${api.pagePath}/publish`} className="text-link">
              Publish one yourself
            </Link>
          </>
        )}
      </p>
    </EmptyState>
  );
}
