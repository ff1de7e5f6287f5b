import { Globe, Lock } from "lucide-react";
import type { Visibility } from "@/lib/model/index.ts";

/** Who may see an API, where that is not simply everyone signed in. */
export function VisibilityMark({ visibility }: { readonly visibility: Visibility }) {
  switch (visibility.kind) {
    case "signed-in":
      return null;
    case "public":
      return <Mark icon={Globe} text="Public: seen without signing in" />;
    case "groups":
      return <Mark icon={Lock} text={`Seen by ${visibility.groups.join(", ") || "administrators"} only`} />;
  }
}

function Mark({ icon: Icon, text }: { readonly icon: typeof Globe; readonly text: string }) {
  return (
    <span title={text} className="inline-flex shrink-0">
      <Icon aria-hidden className="size-3.5 text-muted" />
      <span className="sr-only">{text}</span>
    </span>
  );
}
