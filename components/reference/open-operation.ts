type Listed<Value> = { forEach(visit: (value: Value, key: string) => void): void };
type Entry = { get(name: string): unknown };

/** The little of Swagger UI's system that is used here. */
export type SwaggerSystem = {
  readonly specSelectors: { taggedOperations(): Listed<{ get(name: "operations"): Listed<Entry> }> };
  readonly layoutActions: { show(place: readonly string[], shown: boolean): void };
};

/** Unfolds one operation ("<METHOD> <path>") and brings it into view. */
export function openOperation(system: SwaggerSystem, operation: string): void {
  const [method = "", path = ""] = operation.split(/ (.*)/s);
  system.specSelectors.taggedOperations().forEach((group, tag) => {
    group.get("operations").forEach((entry) => {
      if (String(entry.get("method")).toLowerCase() !== method.toLowerCase() || entry.get("path") !== path) return;
      const id = String(entry.get("id"));
      system.layoutActions.show(["operations", tag, id], true);
      requestAnimationFrame(() =>
        document
          .querySelector(
            `.gatebook-reference [id="${CSS.escape(`operations-${tag}-${id}`)}"], .gatebook-reference .opblock.is-open`,
          )
          ?.scrollIntoView({ block: "start" }),
      );
    });
  });
}
