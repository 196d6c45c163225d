import { isIPv4, isIPv6 } from "node:net"

/**
 * A network address in its one form (security rule 19): IPv4 in dotted decimals, IPv6 as eight groups without leading zeros, however it was spelled: with a port, in
 * brackets, with a zone, in capitals, shortened, or IPv4 inside IPv6. What is no address is answered as undefined.
 */
export function canonicalAddress(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](?::\d+)?$/, "$1")
    .replace(/^([\d.]+):\d+$/, "$1")
    .replace(/%.*$/, "")
  if (isIPv4(bare)) return bare
  if (!isIPv6(bare)) return undefined
  // the URL standard has one spelling for each address, IPv4 inside it written as groups too
  const [head = "", tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split("::")
  const [first, last] = [head, tail ?? ""].map((part) => part.split(":").filter((group) => group !== ""))
  const groups = [...first!, ...new Array<string>(8 - first!.length - last!.length).fill("0"), ...last!]
  return groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff" ? dotted(groups[6]!, groups[7]!) : groups.join(":")
}

/** The part of an address that one household or provider shares: /24 of IPv4, /64 of IPv6, in one spelling. What is no address is one network with all that is none. */
export function networkOf(ip: string): string {
  const address = canonicalAddress(ip) ?? "none"
  return address.includes(":") ? address.split(":").slice(0, 4).join(":") : address.split(".").slice(0, 3).join(".")
}

const dotted = (...groups: string[]): string =>
  groups
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join(".")
