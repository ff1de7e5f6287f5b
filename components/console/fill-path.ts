/** Puts values into the `{names}` of a path, each encoded as one segment. */
export function fillPath(path: string, values: { readonly [name: string]: string }): string {
  return path.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? encodeURIComponent(values[name] ?? "") : whole,
  );
}
