import { inTransaction, looksLikeBankCardNumber, networkOf, Refusal } from "@mila/kernel"
import { canonicalEmail, canonicalPhone } from "@mila/members"
import { claimPrice, type Evidence, recordUnknownCodes } from "@mila/pricecheck"
import { shopByCode } from "@mila/shops"
import { data, redirect } from "react-router"
import type { Visit } from "../../visit.ts"
import { pathIn } from "../parts/address.ts"
import { formText } from "../parts/form-text.ts"
import type { ToldClaim, ToldCode, ToTell } from "../parts/kept-prices.ts"
import { refused, type Refused } from "../words/refused.server.ts"
import { kopecksIn } from "./kopecks-rules.ts"

const REMEMBERED_DAYS = 400

export type PriceAnswer = { told?: true; refused?: Refused }

/** What the page's forms do: choose a shop, tell a code nobody knows, open a claim. Works without script. */
export async function actOnPrice(visit: Visit, form: FormData) {
  const { locale } = visit
  try {
    switch (formText(form, "act")) {
      case "shop":
        return await chooseShop(visit, form)
      case "unknown":
        await tellCodes(visit, [
          { code: formText(form, "ean", 14), shop: formText(form, "shop", 32) || null, seenAt: visit.clock.now().toISOString() },
        ])
        return data<PriceAnswer>({ told: true })
      case "claim":
        return await claim(visit, form)
      default:
        return data<PriceAnswer>({ refused: refused("malformed", locale) }, { status: 400 })
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const status = error.code === "told_too_often" ? 429 : 422
    return data<PriceAnswer>({ refused: refused(error.code, locale, fieldOf(error.code)) }, { status })
  }
}

/** A phone is refused in the words of a phone, beside the one field that takes either. */
const fieldOf = (code: string): { field?: string } => (/^(?:phone|email|claim_contact)_/.test(code) ? { field: "contact" } : {})

async function chooseShop({ db, locale, cookies }: Visit, form: FormData): Promise<Response> {
  const code = formText(form, "shop", 32)
  if (!(await inTransaction(db, (tx) => shopByCode(tx, code)))) throw new Response(null, { status: 404 })
  cookies.set("shop", code, { days: REMEMBERED_DAYS })
  const ean = formText(form, "ean", 14)
  return redirect(pathIn(locale, `/price-check${/^\d+$/.test(ean) ? `?ean=${ean}` : ""}`))
}

async function claim(visit: Visit, form: FormData): Promise<Response> {
  const { locale } = visit
  const words = formText(form, "words", 500).trim()
  const claimId = await openClaim(visit, {
    evidence: { sealed: formText(form, "sealed", 4_000) },
    tillPrice: kopecksIn(formText(form, "till_price", 20)),
    contact: formText(form, "contact", 100),
    words,
  })
  return redirect(pathIn(locale, `/price-check/claims?made=${claimId}`))
}

type Wish = { evidence: Evidence; tillPrice: number; contact: string; words: string }

function openClaim(
  { db, clock, locale, session, device, ip, site }: Visit,
  { evidence, tillPrice, contact, words }: Wish,
): Promise<number> {
  const memberId = session?.memberId ?? null
  return inTransaction(db, async (tx) => {
    const left = memberId === null ? contactIn(contact, site) : null
    const asked = { evidence, tillMinor: tillPrice, memberId, device, contact: left, words: words === "" ? null : words }
    const { claimId } = await claimPrice(tx, { ...asked, locale, network: networkOf(ip), at: clock.now() })
    return claimId
  })
}

/** A contact as messages are sent to. Refuses what is neither a phone nor an e-mail. */
function contactIn(text: string, { phoneRules }: Visit["site"]): string | null {
  const contact = text.trim()
  if (contact === "") return null
  if (looksLikeBankCardNumber(contact)) throw new Refusal("bank_card_number")
  return contact.includes("@") ? canonicalEmail(contact) : canonicalPhone(contact, phoneRules)
}

function tellCodes({ db, clock, ip }: Visit, codes: readonly ToldCode[]): Promise<{ taken: number }> {
  const seen = codes
    .map(({ code, shop, seenAt }) => ({ code, shop, seenAt: new Date(seenAt) }))
    .filter(({ seenAt }) => !Number.isNaN(seenAt.getTime()))
  return inTransaction(db, (tx) => recordUnknownCodes(tx, { seen, network: networkOf(ip), at: clock.now() }))
}

/**
 * Takes what a phone noted without a network. What can never be taken is gone with the rest; only past the day's limit it stays with the phone.
 * Answers how many claims were taken, and what is left.
 */
export async function takeNoted(visit: Visit, noted: ToTell): Promise<{ claims: number; left: ToTell }> {
  const left: ToTell = { codes: [], claims: [] }
  let claims = 0
  await tellCodes(visit, noted.codes).catch((error: unknown) => void left.codes.push(...stays(error, noted.codes)))
  for (const one of noted.claims) {
    const { ean, sku, shop, regularMinor, cardMinor, shownAt, tillMinor, contact, words } = one
    const evidence = { kept: { ean, sku, shop, regularMinor, cardMinor, shownAt: new Date(shownAt) } }
    await openClaim(visit, { evidence, tillPrice: tillMinor, contact, words }).then(
      () => (claims += 1),
      (error: unknown) => left.claims.push(...stays<ToldClaim>(error, [one])),
    )
  }
  return { claims, left }
}

function stays<Told>(error: unknown, told: readonly Told[]): readonly Told[] {
  if (!(error instanceof Refusal)) throw error
  return error.code === "told_too_often" ? told : []
}
