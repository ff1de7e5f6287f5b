import Link from "next/link";

/** All changes or only the breaking ones; the choice is in the URL. */
export function LevelFilter({
  allHref,
  breakingHref,
  onlyBreaking,
}: {
  readonly allHref: string;
  readonly breakingHref: string;
  readonly onlyBreaking: boolean;
}) {
  const choices = [
    { href: allHref, label: "All changes", chosen: !onlyBreaking },
    { href: breakingHref, label: "Only breaking", chosen: onlyBreaking },
  ];
  return (
    <nav aria-label="Which changes" className="flex rounded border bg-surface p-0.5 text-sm">
      {choices.map(({ href, label, chosen }) => (
        <Link
          key={label}
          href={href}
          scroll={false}
          aria-current={chosen ? "true" : undefined}
          className={`rounded-sm px-2.5 py-0.5 ${chosen ? "bg-hover font-medium" : "text-muted hover:text-foreground"}`}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
