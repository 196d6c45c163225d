import { BlockList, isIP } from "node:net"

/** What no picture of a shop is at: this machine, its neighbours, the networks of providers, documentation and many at once (IANA special-purpose registries). */
const CLOSED = new BlockList()
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  CLOSED.addSubnet(network, bits, "ipv4")
for (const [network, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  CLOSED.addSubnet(network, bits, "ipv6")

/** Of IPv6 only what is given out for the open network: mapped and translated IPv4, link-local and unique local addresses lie outside it. */
const OPEN = new BlockList()
OPEN.addSubnet("2000::", 3, "ipv6")

/** Whether an address is one of the open network; whatever is written otherwise than an address is not. */
export function isOpenAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !CLOSED.check(address, "ipv4")
  return family === 6 && !isMapped(address) && OPEN.check(address, "ipv6") && !CLOSED.check(address, "ipv6")
}

const isMapped = (address: string): boolean => /^::|\./.test(address)

const MOST_BYTES = 2_000

/**
 * Where a picture may be fetched: https, the usual port, no name and password in it, a host its source is allowed (`cdn.example.by`, or `*.example.by` for all below it);
 * undefined for anything else.
 */
export function allowedTarget(url: string, hosts: readonly string[]): URL | undefined {
  if (Buffer.byteLength(url) > MOST_BYTES || !URL.canParse(url)) return undefined
  const target = new URL(url)
  const { protocol, port, username, password, hostname } = target
  if (protocol !== "https:" || port !== "" || username !== "" || password !== "" || isIP(hostname.replace(/^\[|\]$/g, "")) !== 0)
    return undefined
  const isAllowed = hosts.some((host) => (host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host))
  return isAllowed ? target : undefined
}
