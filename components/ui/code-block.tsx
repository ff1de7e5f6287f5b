import { CopyButton } from "./copy-button.tsx";

/** Text that is copied as it stands. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <div className="relative min-w-0 rounded border bg-sunken">
      <pre tabIndex={0} aria-label={label} className="overflow-x-auto py-2.5 pr-11 pl-3 font-mono text-sm">
        {code}
      </pre>
      <span className="absolute top-1 right-1">
        <CopyButton text={code} label={`Copy: ${label}`} />
      </span>
    </div>
  );
}
