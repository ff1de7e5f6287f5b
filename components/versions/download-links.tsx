const views = [
  { view: "public", word: "As called", title: "With the addresses and paths that consumers use" },
  { view: "raw", word: "As served", title: "What the server said, unchanged" },
] as const;

/** The description of a version, as consumers call it and as the server said it, in both forms. */
export function DownloadLinks({
  apiId,
  number,
  line,
}: {
  readonly apiId: string;
  readonly number: number;
  readonly line: string | undefined;
}) {
  const inLine = line === undefined ? "" : `&line=${encodeURIComponent(line)}`;
  return (
    <ul className="flex flex-col text-sm">
      {views.map(({ view, word, title }) => (
        <li key={view} className="flex items-center gap-2.5" title={title}>
          <span className="w-18 text-muted">{word}</span>
          {(["json", "yaml"] as const).map((form) => (
            <a
              key={form}
              href={`/api/v1/apis/${apiId}/versions/${number}/openapi.${form}?view=${view}${inLine}`}
              download
              aria-label={`Version ${number} ${word.toLowerCase()}, ${form.toUpperCase()}`}
              className="inline-flex min-h-6 min-w-6 items-center text-link"
            >
              {form.toUpperCase()}
            </a>
          ))}
        </li>
      ))}
    </ul>
  );
}
