import type { PinnedAddress } from "../model/index.ts";
import { createConnectionSlots } from "./connection-slots.ts";
import { canonicalHost, readHostList } from "./host-list.ts";
import { alwaysRefused, parseIp } from "./parse-ip.ts";
import type { Ip } from "./parse-ip.ts";
import { ownAddresses, patientResolve, systemResolve } from "./resolve-name.ts";
import type { Resolve } from "./resolve-name.ts";

/** Seen in the cluster's own objects, or written down by somebody. */
export type AddressOrigin = "observed" | "declared";

export type GuardedAddress =
  | { readonly kind: "allowed"; readonly ip: string; readonly family: 4 | 6 }
  | { readonly kind: "refused"; readonly reason: string }
  /** It may be called, but its name has no address now. */
  | { readonly kind: "unresolved"; readonly reason: string };

export type AddressGuard = {
  /** The one IP address that may be connected to, or why none may. Resolves a name once; never throws. */
  check(address: Pick<PinnedAddress, "host" | "port">, origin: AddressOrigin): Promise<GuardedAddress>;
  /** Takes the right to one more connection, to be given back by calling the result; null where too many are open. */
  claim(ip: string, port: number): (() => void) | null;
};

const standardConnections = { overall: 256, perAddress: 64 };

/**
 * `allowHosts` are hosts or host:port pairs that an admin listed. A loopback address may be called only where it is listed as
 * an address or as `localhost`: no other name leads there. `refuseHosts` are the portal's own (the API server, the database),
 * as addresses or names, optionally with a port: they are refused even where observed or listed.
 */
export function createAddressGuard(options: {
  readonly allowHosts: readonly string[];
  readonly refuseHosts?: readonly string[];
  readonly resolve?: Resolve;
  /** How many connections may be open at once, over all and to one address. */
  readonly connectionsMax?: { readonly overall: number; readonly perAddress: number };
}): AddressGuard {
  const resolve = patientResolve(options.resolve ?? systemResolve);
  const allowed = readHostList(options.allowHosts);
  const refused = readHostList(options.refuseHosts ?? []);
  const isOwn = ownAddresses(refused.names, resolve);
  const slots = createConnectionSlots(options.connectionsMax ?? standardConnections);

  async function judge(ip: Ip, host: string, port: number, origin: AddressOrigin): Promise<string | null> {
    const text = ip.toString();
    const never = alwaysRefused(ip);
    if (never !== null) return never;
    if (refused.has(host, port) || refused.has(text, port) || (await isOwn(text, port)))
      return "it belongs to the cluster's control plane or to the portal";
    if (ip.range() === "loopback") {
      const isListed = allowed.has(text, port) || (host === "localhost" && allowed.has(host, port));
      return isListed ? null : "it is a loopback address that no admin listed (GATEBOOK_ALLOW_HOSTS)";
    }
    if (origin === "observed" || allowed.has(host, port) || allowed.has(text, port)) return null;
    return "it was not observed in the cluster, and no admin listed it (GATEBOOK_ALLOW_HOSTS)";
  }

  return {
    claim: (ip, port) => slots.claim(`${ip} ${String(port)}`),
    async check({ host, port }, origin) {
      const name = canonicalHost(host);
      const literal = parseIp(name);
      const refuse = (reason: string): GuardedAddress => ({
        kind: "refused",
        reason: `${host.slice(0, 200)} is not called: ${reason}.`,
      });
      if (!Number.isInteger(port) || port < 1 || port > 65_535) return refuse("it has no valid port");
      // Only an address can be observed. Whoever answers for a name can change the answer, so a name is an admin's to list.
      if (literal === null && !allowed.has(name, port))
        return refuse("it is a name that no admin listed (GATEBOOK_ALLOW_HOSTS)");
      const candidates = literal === null ? (await resolve(name)).map(parseIp) : [literal];
      const [chosen] = candidates;
      if (chosen === undefined)
        return { kind: "unresolved", reason: `the name ${name.slice(0, 200)} has no address now` };
      for (const ip of candidates) {
        // One bad address spoils the name: whoever answers for it is not to be trusted.
        const against = ip === null ? "its name leads to what is no address" : await judge(ip, name, port, origin);
        if (against !== null) return refuse(against);
      }
      return chosen === null
        ? refuse("its name leads to what is no address")
        : { kind: "allowed", ip: chosen.toString(), family: chosen.kind() === "ipv6" ? 6 : 4 };
    },
  };
}
