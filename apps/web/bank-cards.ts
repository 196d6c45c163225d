import { holdsBankCardNumber } from "@mila/kernel"

/** What becomes of a request that may hold a bank card number: it goes on as it is, or its page is shown without it, or it is refused as what a script sent. */
export type Sifted = { found: false } | { found: true; shown: Request | null }

const MOST_BYTES = 256 * 1024 // what is longer are photos of a review, and that page looks at its words itself

/**
 * No field of any page takes a bank card number: a form with one does nothing, and its page is shown again without a word of it; an address with one is
 * answered without the field it stands in. Nothing is kept or logged. In a browser with script it never gets here: `parts/bank-card-guard.tsx` wipes it as it is typed.
 */
export async function sift(request: Request): Promise<Sifted> {
  const url = new URL(request.url)
  const typed = [...url.searchParams].filter(([name, value]) => holdsBankCardNumber([name, value]))
  if (typed.length === 0 && !(request.method === "POST" && (await bodyHolds(request)))) return { found: false }
  for (const [name] of typed) url.searchParams.delete(name)
  const byScript = url.pathname.endsWith(".data") || /json/.test(request.headers.get("content-type") ?? "")
  if (byScript) return { found: true, shown: null }
  const headers = new Headers(request.headers)
  for (const name of ["content-type", "content-length", "transfer-encoding"]) headers.delete(name)
  return { found: true, shown: new Request(url, { headers }) }
}

async function bodyHolds(request: Request): Promise<boolean> {
  const kind = request.headers.get("content-type") ?? ""
  if (kind.startsWith("multipart/") && Number(request.headers.get("content-length") ?? Number.POSITIVE_INFINITY) > MOST_BYTES) return false
  if (kind.startsWith("multipart/"))
    return holdsBankCardNumber(
      textsOf(
        await request
          .clone()
          .formData()
          .catch(() => new FormData()),
      ),
    )
  const text = await request.clone().text()
  if (!/json/.test(kind)) return holdsBankCardNumber([...new URLSearchParams(text)])
  try {
    return holdsBankCardNumber(JSON.parse(text))
  } catch {
    return false // what is no JSON is read by nobody
  }
}

const textsOf = (form: FormData) => [...form].map(([name, value]) => [name, typeof value === "string" ? value : value.name])
