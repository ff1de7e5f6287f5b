import ipaddr from "ipaddr.js";

export type Ip = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * An IP address in its one form: IPv4 inside IPv6 is IPv4; octal, hexadecimal, decimal and short forms of IPv4 are read as a
 * browser reads them; brackets and zones are dropped. Null where the text is a name.
 */
export function parseIp(text: string): Ip | null {
  const bare = text.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

type Range = readonly [Ip, number];
const rangesOf = (texts: readonly string[]): readonly Range[] => texts.map((text) => ipaddr.parseCIDR(text));
const isWithin = (ip: Ip, ranges: readonly Range[]): boolean =>
  ranges.some(([base, bits]) => base.kind() === ip.kind() && ip.match(base, bits));

/** Where clouds answer with a machine's or a pod's own credentials; those in 169.254.0.0/16 are refused with all of it. */
const metadata = rangesOf([
  "100.100.100.200/32",
  "168.63.129.16/32",
  "192.0.0.192/32",
  "fd00:ec2::/32",
  "fd20:ce::/32",
]);
/** Site-local (RFC 3879), discard (RFC 6666), class E. */
const unused = rangesOf(["fec0::/10", "100::/64", "240.0.0.0/4"]);

/** IPv6 forms that carry an IPv4 address which nobody checked: IPv4-compatible and ISATAP; `range()` knows the others. */
function hidesIpv4(ip: Ip): boolean {
  if (!("parts" in ip)) return false;
  const { parts } = ip;
  const isCompatible = parts.slice(0, 6).every((part) => part === 0);
  return isCompatible || (parts[5] === 0x5efe && (parts[4] === 0 || parts[4] === 0x200));
}

/** Why an address is refused whoever observed or listed it; null where it is not. Loopback is decided by who listed it. */
export function alwaysRefused(ip: Ip): string | null {
  if (isWithin(ip, metadata)) return "it is a cloud's metadata address";
  switch (ip.range()) {
    case "loopback":
      return null;
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
      if (isWithin(ip, unused)) return "it is of a range that no host has";
      return hidesIpv4(ip) ? "it hides an IPv4 address" : null;
  }
}
