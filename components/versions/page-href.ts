/** A part of an API's page, in one of its lines of versions; the API's own line is not named. */
export type PagePlace = { readonly pagePath: string; readonly line?: string | undefined };

/** The address of a part of an API's page, in the same line. */
export function pageHref(
  { pagePath, line }: PagePlace,
  part: string,
  query: Readonly<Record<string, string | number>> = {},
  anchor = "",
): string {
  const given = Object.entries({ ...query, ...(line === undefined ? {} : { line }) });
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `${pagePath}/${part}${text === "" ? "" : `?${text}`}${anchor === "" ? "" : `#${anchor}`}`;
}
