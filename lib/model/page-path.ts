/** The readable path of an API's page; the kind is named only where the viewer sees two of one namespace and name. */
export function pagePathOf(
  place: { readonly namespace: string; readonly name: string; readonly kind: string },
  ambiguous: boolean,
): string {
  const path = `/apis/${encodeURIComponent(place.namespace)}/${encodeURIComponent(place.name)}`;
  return ambiguous ? `${path}~${encodeURIComponent(place.kind)}` : path;
}
