import { holdsBankCardNumber } from "@mila/kernel"

/** What becomes of a request that may hold a bank card number: it goes on as it is, or its page is shown without it, or it is refused as what a script sent. */
export type Sifted = { found: false; readable: boolean } | { found: true; shown: Request | null }

const MOST_BYTES = 256 * 1024
/** What is longer are photos, which this page alone takes; it looks at its words itself. */
const TAKES_PHOTOS = /^(?:\/(?:be|en))?\/p\/[^/]+\/reviews(?:\.data)?$/

/**
 * No field of any page takes a bank card number: a form with one does nothing, and its page is shown again without a word of it; an address with one is
 * answered without the field it stands in. Nothing is kept or logged. In a browser with script it never gets here: `parts/bank-card-guard.tsx` wipes it as it is typed.
 */
export async function sift(request: Request): Promise<Sifted> {
  const url = new URL(request.url)
  const typed = [...url.searchParams].filter(([name, value]) => holdsBankCardNumber([name, value]))
  const body = request.method === "POST" ? await inBody(request) : "nothing"
  if (typed.length === 0 && body !== "a number") return { found: false, readable: body !== "unreadable" }
  for (const [name] of typed) url.searchParams.delete(name)
  const byScript = url.pathname.endsWith(".data") || /json/.test(request.headers.get("content-type") ?? "")
  if (byScript) return { found: true, shown: null }
  const headers = new Headers(request.headers)
  for (const name of ["content-type", "content-length", "transfer-encoding"]) headers.delete(name)
  return { found: true, shown: new Request(url, { headers }) }
}

async function inBody(request: Request): Promise<"a number" | "nothing" | "unreadable"> {
  const kind = request.headers.get("content-type") ?? ""
  const length = Number(request.headers.get("content-length") ?? Number.POSITIVE_INFINITY)
  const isPhotos = length > MOST_BYTES && TAKES_PHOTOS.test(new URL(request.url).pathname)
  if (kind.startsWith("multipart/") && isPhotos) return "nothing"
  const said = (value: unknown) => (holdsBankCardNumber(value) ? "a number" : "nothing")
  if (kind.startsWith("multipart/")) {
    const form = await request
      .clone()
      .formData()
      .catch(() => null)
    return form === null ? "unreadable" : said(textsOf(form))
  }
  const text = await request.clone().text()
  if (!/json/.test(kind)) return said([...new URLSearchParams(text)])
  try {
    return said(JSON.parse(text))
  } catch {
    return "nothing" // what is no JSON is read by nobody
  }
}

const textsOf = (form: FormData) => [...form].map(([name, value]) => [name, typeof value === "string" ? value : value.name])
