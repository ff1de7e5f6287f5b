/**
 * The Service that a DNS name of the cluster means: "name", "name.namespace.svc" or with the cluster's domain behind it. A name
 * without a dot lies in `namespace`; null where the name is of no Service, as "name.namespace" is for Istio, which completes
 * names without a dot alone.
 */
export function serviceOfHost(
  host: string | null,
  namespace: string | null,
): { readonly namespace: string; readonly name: string } | null {
  if (host === null) return null;
  const parts = host.toLowerCase().replace(/\.$/, "").split(".");
  const [name = "", own] = parts;
  if (name === "" || name === "*") return null;
  if (own === undefined) return namespace === null ? null : { namespace, name };
  return parts[2] === "svc" ? { namespace: own, name } : null;
}
