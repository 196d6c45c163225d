/**
 * Where passkeys are made and used. `domain` is WebAuthn's RP id: what a phone keeps a passkey under, for good; `origin` is the one address whose pages
 * may ask for it.
 */
export type PasskeySite = { domain: string; origin: string }

/**
 * The site of a public address; null where browsers know no passkeys: without https (a newcomer's own machine, `localhost`, aside) or at a bare number.
 * One address has one site: at any other host name that leads here nothing is asked for, and nothing is taken from there.
 */
export function passkeySiteOf(publicUrl: string): PasskeySite | null {
  const { protocol, hostname, origin } = new URL(publicUrl)
  const isLocal = hostname === "localhost" || hostname.endsWith(".localhost")
  const isNumber = /^[\d.]+$|^\[/.test(hostname)
  return isNumber || (protocol !== "https:" && !isLocal) ? null : { domain: hostname, origin }
}
