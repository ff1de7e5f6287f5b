/** One page of a list, newest or first first. */
export type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

/** Where a page begins and how long it is; `cursor` is what an earlier page of the same list gave. */
export type PageRequest = { readonly cursor?: string | undefined; readonly limit?: number | undefined };

const limitDefault = 50;

/** How many rows to ask for: one more than the page, which tells whether there is another. */
export function takeOf(request: PageRequest): number {
  return (request.limit ?? limitDefault) + 1;
}

/** Cuts what was read for `takeOf` into a page. */
export function cutPage<Row, Item>(
  rows: readonly Row[],
  request: PageRequest,
  toItem: (row: Row) => Item,
  cursorOf: (row: Row) => string,
): Page<Item> {
  const limit = request.limit ?? limitDefault;
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept.map(toItem), nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

/** A cursor of several values, opaque to callers. */
export function writeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/** The values of a cursor, or null where it was not made by `writeCursor` of as many values. */
export function readCursor(cursor: string | undefined, length: number): readonly (string | number)[] | null {
  if (cursor === undefined) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const fits =
      Array.isArray(values) &&
      values.length === length &&
      values.every((value): value is string | number => typeof value === "string" || typeof value === "number");
    return fits ? values : null;
  } catch (err) {
    // A cursor is a caller's text: what is none begins at the first page.
    if (err instanceof SyntaxError) return null;
    throw err;
  }
}
