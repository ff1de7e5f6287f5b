export const catalogueViews = ["table", "cards"] as const;
export type CatalogueView = (typeof catalogueViews)[number];

export const viewCookie = "gatebook-view";

/** The view that a cookie names, or the table. */
export function readView(value: string | undefined): CatalogueView {
  return catalogueViews.find((view) => view === value) ?? "table";
}
