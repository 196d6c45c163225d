/** Written by scripts of ours, as JSON; everything else is a form. */
const JSON_PAGES = /^(?:\/(?:be|en))?\/(?:my\/subscriptions\/push|price-check\/told)$/

/**
 * Only what our own pages send reaches a parser: forms where forms are read, JSON where JSON is, nothing else anywhere (security rule 53). A form with nothing in it needs
 * no type.
 */
export function isWrittenAsOurs({ method, url, headers, body }: Request): boolean {
  if (method !== "POST") return true
  const kind = (headers.get("content-type") ?? "").toLowerCase()
  if (JSON_PAGES.test(new URL(url).pathname)) return /^application\/json(?:;|$)/.test(kind)
  if (kind === "") return body === null
  return /^(?:application\/x-www-form-urlencoded(?:;|$)|multipart\/form-data;.*boundary=)/.test(kind)
}
