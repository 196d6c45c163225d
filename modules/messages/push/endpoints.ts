/** What a browser gives when somebody asks for notifications: an address at its maker's service, and the keys only that browser reads with (RFC 8030, 8291). */
export type BrowserSubscription = { endpoint: string; p256dh: string; auth: string }

/** The services of the browsers people have: Google, Mozilla, Apple, Microsoft. All of them abroad. */
export const PUSH_HOSTS: readonly string[] = [
  "fcm.googleapis.com",
  "*.push.services.mozilla.com",
  "*.push.apple.com",
  "*.notify.windows.com",
]

/**
 * Whether we would ever knock at this address: https on its own port, at one of `hosts` (`*.` stands for any name before), or at an origin that is named whole,
 * for trying things out. What somebody's browser sends as its service is otherwise any address in our own network (security rule against SSRF).
 */
export function isAllowedEndpoint(endpoint: string, hosts: readonly string[]): boolean {
  if (endpoint.length > 1_000 || !URL.canParse(endpoint)) return false
  const { origin, protocol, hostname, port, username, password } = new URL(endpoint)
  if (username || password) return false
  if (hosts.includes(origin)) return true
  if (protocol !== "https:" || port !== "") return false
  return hosts.some((host) => (host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host))
}

/** Who brings notifications there, as people may ask: the host of the service. */
export const pushServiceOf = (endpoint: string): string => new URL(endpoint).host.slice(0, 40)

/** What a browser sent, if it has the form of a subscription: a point of P-256 and 16 bytes. */
export function readSubscription(sent: unknown): BrowserSubscription | undefined {
  const { endpoint, keys } = (sent ?? {}) as { endpoint?: unknown; keys?: { p256dh?: unknown; auth?: unknown } }
  const [p256dh, auth] = [keys?.p256dh, keys?.auth]
  if (typeof endpoint !== "string" || typeof p256dh !== "string" || typeof auth !== "string") return undefined
  const [point, secret] = [Buffer.from(p256dh, "base64url"), Buffer.from(auth, "base64url")]
  if (p256dh.length > 100 || point.length !== 65 || point[0] !== 4 || auth.length > 40 || secret.length !== 16) return undefined
  return { endpoint, p256dh, auth }
}
