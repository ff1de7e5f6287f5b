import { parseIp } from "./parse-ip.ts";

/** A host in its one form: an IP address as it is written canonically, or a name in lower case without its last dot. */
export function canonicalHost(text: string): string {
  const trimmed = text.trim().toLowerCase().replace(/\.$/, "");
  return parseIp(trimmed)?.toString() ?? trimmed.replace(/^\[|\]$/g, "");
}

export type HostList = {
  /** Whether a host is on the list, for this port or for all of its ports. */
  has(host: string, port: number): boolean;
  /** The names on the list, without those that are IP addresses. */
  readonly names: readonly { readonly name: string; readonly port: number | null }[];
};

type Entry = { readonly host: string; readonly port: number | null };

function parseEntry(text: string): Entry | null {
  const trimmed = text.trim();
  if (parseIp(trimmed) !== null) return { host: canonicalHost(trimmed), port: null };
  const found = /^(\[[^\]]+\]|[^:[\]/@\s]+)(?::(\d{1,5}))?$/.exec(trimmed);
  if (found === null) return null;
  return { host: canonicalHost(found[1] ?? ""), port: found[2] === undefined ? null : Number(found[2]) };
}

/** Reads `host`, `host:port`, `[IPv6]:port`. An entry that is none of these lists nothing. */
export function readHostList(entries: readonly string[]): HostList {
  const read = entries.flatMap((entry) => parseEntry(entry) ?? []);
  return {
    has: (host, port) => read.some((entry) => entry.host === host && (entry.port === null || entry.port === port)),
    names: read.flatMap(({ host, port }) => (parseIp(host) === null ? [{ name: host, port }] : [])),
  };
}
