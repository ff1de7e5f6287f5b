/** What the catalogue is narrowed by, in the order of the page. */
export const facetNames = ["protocol", "state", "owner", "namespace", "server", "task", "framework"] as const;
export type FacetName = (typeof facetNames)[number];

/** One entry a facet. */
export function byFacet<Value>(of: (name: FacetName) => Value): Readonly<Record<FacetName, Value>> {
  return {
    protocol: of("protocol"),
    state: of("state"),
    owner: of("owner"),
    namespace: of("namespace"),
    server: of("server"),
    task: of("task"),
    framework: of("framework"),
  };
}
