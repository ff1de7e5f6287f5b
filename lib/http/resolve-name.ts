import { lookup } from "node:dns/promises";
import { canonicalHost } from "./host-list.ts";

/** The addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const resolveTimeoutMs = 3_000;
/** How long the addresses of the portal's own servers are believed, where they are known by name. */
const ownAddressesMs = 60_000;

/** The system's resolver, `/etc/hosts` included. */
export const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/** A resolver that gives up in time, and gives nothing where it fails. */
export function patientResolve(resolve: Resolve): Resolve {
  return async (host) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<readonly string[]>((done) => {
      timer = setTimeout(() => {
        done([]);
      }, resolveTimeoutMs);
    });
    try {
      // Whatever goes wrong with a name, it has no address.
      return await Promise.race([resolve(host).catch(() => []), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Tells whether an address is one that `names` have now. Where a name cannot be resolved its last addresses count. */
export function ownAddresses(
  names: readonly { readonly name: string; readonly port: number | null }[],
  resolve: Resolve,
): (ip: string, port: number) => Promise<boolean> {
  const known = new Map<string, readonly string[]>();
  let knownAtMs = Number.NEGATIVE_INFINITY;
  return async (ip, port) => {
    if (names.length > 0 && performance.now() - knownAtMs > ownAddressesMs) {
      await Promise.all(
        names.map(async ({ name }) => {
          const found = await resolve(name);
          if (found.length > 0) known.set(name, found.map(canonicalHost));
        }),
      );
      knownAtMs = performance.now();
    }
    return names.some(
      (entry) => (entry.port === null || entry.port === port) && known.get(entry.name)?.includes(ip) === true,
    );
  };
}
