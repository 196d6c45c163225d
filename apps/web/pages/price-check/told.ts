import { type Loading, visitOf } from "../visit-context.ts"
import type { ToldClaim, ToldCode, ToTell } from "../parts/kept-prices.ts"
import { takeNoted } from "./acts.server.ts"

const MOST = 100
const MOST_BYTES = 200_000

/** What a phone noted while there was no network: codes nobody knew, claims about prices it had kept. POST, JSON, from our own pages only. */
export async function action(acting: Loading): Promise<Response> {
  const text = await acting.request.text()
  const noted = text.length <= MOST_BYTES ? notedIn(text) : undefined
  if (!noted) return Response.json({ code: "malformed" }, { status: 400 })
  return Response.json(await takeNoted(visitOf(acting), noted), { headers: { "cache-control": "no-store" } })
}

export const loader = (): Response => new Response(null, { status: 405 })

function notedIn(text: string): ToTell | undefined {
  try {
    const { codes, claims } = JSON.parse(text) as Record<string, unknown>
    if (!Array.isArray(codes) || !Array.isArray(claims)) return undefined
    return { codes: codes.filter(isCode).slice(0, MOST), claims: claims.filter(isClaim).slice(0, MOST) }
  } catch {
    return undefined
  }
}

type Fields = Readonly<Record<string, unknown>>
const areTexts = (of: unknown, names: readonly string[]): boolean =>
  typeof of === "object" &&
  of !== null &&
  names.every((name) => typeof (of as Fields)[name] === "string" && String((of as Fields)[name]).length <= 500)

function isCode(of: unknown): of is ToldCode {
  if (!areTexts(of, ["code", "seenAt"])) return false
  const { shop } = of as Fields
  return shop === null || typeof shop === "string"
}

function isClaim(of: unknown): of is ToldClaim {
  if (typeof of !== "object" || of === null) return false
  const amounts = ["regularMinor", "cardMinor", "tillMinor"]
  if ("sku" in of && !areTexts(of, ["sku"])) return false
  return areTexts(of, ["ean", "shop", "shownAt", "contact", "words"]) && amounts.every((name) => Number.isSafeInteger((of as Fields)[name]))
}
