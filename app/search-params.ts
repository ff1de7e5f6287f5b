/** The query of a page as Next gives it. */
export type SearchParams = { readonly [name: string]: string | readonly string[] | undefined };

/** The first value of each parameter; empty ones are left out. */
export function firstOfEach(params: SearchParams): { readonly [name: string]: string } {
  const given: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(params)) {
    const first = typeof value === "string" ? value : value?.[0];
    if (first !== undefined && first !== "") given[name] = first;
  }
  return given;
}
