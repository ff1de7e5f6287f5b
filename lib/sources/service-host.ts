/**
 * The Service that a DNS name of the cluster means: "name", "name.namespace", "name.namespace.svc" or with the cluster's domain
 * behind it. A short name lies in `namespace`; null where the name is of no Service.
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
  if (parts.length === 2) return namespace === null ? null : { namespace: own, name };
  return parts[2] === "svc" ? { namespace: own, name } : null;
}
