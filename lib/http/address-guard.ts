import { lookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";
import type { PinnedAddress } from "../model/index.ts";

/** Seen in the cluster's own objects, or written down by somebody. */
export type AddressOrigin = "observed" | "declared";

export type GuardedAddress =
  | { readonly kind: "allowed"; readonly ip: string; readonly family: 4 | 6 }
  | { readonly kind: "refused"; readonly reason: string };

export type AddressGuard = {
  /** The one IP address that may be connected to, or why none may. Resolves names once; never throws. */
  check(address: Pick<PinnedAddress, "host" | "port">, origin: AddressOrigin): Promise<GuardedAddress>;
};

type Resolve = (host: string) => Promise<readonly string[]>;

const metadataAddresses = new Set(["169.254.169.254", "100.100.100.200", "fd00:ec2::254"]);
const clusterName = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\.svc(\.[a-z0-9][-a-z0-9.]*)?$/;

/** An IP address in its one form: IPv4 in IPv6 is IPv4; octal, hexadecimal and short forms of IPv4 are read as a browser reads them. */
function parseIp(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const bare = text.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (!ipaddr.isValid(bare)) return null;
  return ipaddr.process(bare);
}

function alwaysRefused(ip: ipaddr.IPv4 | ipaddr.IPv6): string | null {
  if (metadataAddresses.has(ip.toString())) return "it is a cloud's metadata address";
  switch (ip.range()) {
    case "linkLocal":
      return "it is a link-local address";
    case "unspecified":
      return "it is no address of a host";
    case "multicast":
    case "broadcast":
      return "it is not the address of one host";
    case "6to4":
    case "teredo":
    case "rfc6052":
    case "rfc6145":
      return "it hides an IPv4 address";
    default:
      return null;
  }
}

/**
 * `allowHosts` are hosts or host:port pairs that an admin listed; they may be on loopback, nothing else may. `refuseHosts`
 * (IP literals, optionally with a port: the API server, the database) are refused even where observed.
 */
export function createAddressGuard(options: {
  readonly allowHosts: readonly string[];
  readonly refuseHosts?: readonly string[];
  readonly resolve?: Resolve;
}): AddressGuard {
  const resolve: Resolve =
    options.resolve ??
    (async (host) => (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address));
  const normalise = (entry: string): string =>
    entry
      .trim()
      .toLowerCase()
      .replace(/^\[([^\]]+)\]/, "$1");
  const allowed = new Set(options.allowHosts.map(normalise));
  const refused = new Set((options.refuseHosts ?? []).map(normalise));
  const isIn = (set: ReadonlySet<string>, host: string, port: number): boolean =>
    set.has(host) || set.has(`${host}:${String(port)}`);

  function judge(ip: ipaddr.IPv4 | ipaddr.IPv6, host: string, port: number, origin: AddressOrigin): string | null {
    const text = ip.toString();
    const never = alwaysRefused(ip);
    if (never !== null) return never;
    if (isIn(refused, text, port)) return "it belongs to the cluster's control plane or to the portal";
    const listed = isIn(allowed, host, port) || isIn(allowed, text, port);
    if (ip.range() === "loopback")
      return listed ? null : "it is a loopback address that no admin listed (GATEBOOK_ALLOW_HOSTS)";
    if (listed || origin === "observed") return null;
    return "it was not observed in the cluster, and no admin listed it (GATEBOOK_ALLOW_HOSTS)";
  }

  return {
    async check({ host, port }, origin) {
      const name = normalise(host).replace(/\.$/, "");
      const literal = parseIp(name);
      const refuse = (reason: string): GuardedAddress => ({
        kind: "refused",
        reason: `${host.slice(0, 200)} is not called: ${reason}.`,
      });
      if (!Number.isInteger(port) || port < 1 || port > 65_535) return refuse("it has no valid port");
      if (literal === null) {
        // A name that was observed is believed where the cluster's own DNS answers for it; any other name is an admin's to list.
        const named = isIn(allowed, name, port) || (origin === "observed" && clusterName.test(name));
        if (!named) return refuse("it is a name that no admin listed (GATEBOOK_ALLOW_HOSTS)");
      }
      let candidates: readonly string[];
      try {
        candidates = literal === null ? await resolve(name) : [literal.toString()];
      } catch {
        return refuse("its name cannot be resolved");
      }
      let reason = "its name has no address";
      for (const candidate of candidates) {
        const ip = parseIp(candidate);
        if (ip === null) continue;
        const against = judge(ip, name, port, origin);
        // One bad address spoils the name: whoever answers for it is not to be trusted.
        if (against !== null) return refuse(against);
        reason = "";
      }
      const chosen = candidates.map(parseIp).find((ip) => ip !== null);
      if (chosen === undefined || chosen === null || reason !== "") return refuse(reason);
      return { kind: "allowed", ip: chosen.toString(), family: chosen.kind() === "ipv6" ? 6 : 4 };
    },
  };
}
