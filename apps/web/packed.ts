import { brotliCompressSync, constants } from "node:zlib"

const TEXT = /^(?:text\/|application\/(?:json|manifest))/
const LEAST_BYTES = 1_000 // below it, it is one packet anyway

// half a millisecond for a page, and a quarter of its bytes; the next step up takes twice as long for four hundredths less; on the event loop, where no password being hashed is waited for
const PACKING = { params: { [constants.BROTLI_PARAM_QUALITY]: 3, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }

/**
 * The same page in fewer bytes, where the browser takes brotli. What another site sent the person to is left as it is: a page that repeats what its address
 * said beside what is private must not tell by its length how much they have in common (BREACH).
 */
export async function packed(page: Response, asked: Headers): Promise<Response> {
  const isText = TEXT.test(page.headers.get("content-type") ?? "")
  if (!takesBrotli(asked) || isFromElsewhere(asked) || !isText || page.body === null || page.headers.has("content-encoding")) return page
  const whole = Buffer.from(await page.arrayBuffer())
  const isLong = whole.length >= LEAST_BYTES
  const headers = new Headers(page.headers)
  headers.append("vary", "accept-encoding, sec-fetch-site")
  if (isLong) headers.set("content-encoding", "br")
  headers.delete("content-length")
  return new Response(isLong ? packedBytes(whole) : whole, { status: page.status, statusText: page.statusText, headers })
}

export const packedBytes = (whole: Buffer): Buffer<ArrayBuffer> => brotliCompressSync(whole, PACKING)

export const takesBrotli = (asked: Headers): boolean => /\bbr\b/.test(asked.get("accept-encoding") ?? "")

/** Another site sent the person here, or asks itself. */
export const isFromElsewhere = (asked: Headers): boolean => !["same-origin", "none", null].includes(asked.get("sec-fetch-site"))
