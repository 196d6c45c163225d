import { checkPrice } from "@mila/catalog"
import { type Locale, looksLikeBankCardNumber, statement, type Tx } from "@mila/kernel"
import { shopByCode } from "@mila/shops"
import { refuse } from "./refusals.ts"
import { openShownPrice, type ShownPrice, shownPriceOf } from "./shown-price.ts"
import { countTold } from "./told-limits.ts"

export type ClaimOutcome = "till_wrong" | "page_wrong" | "no_fault"

/** «На кассе другая цена»: what was shown where and when, what the till asked, and the answer. Amounts in kopecks. */
export type PriceClaim = {
  claimId: number
  ean: string
  shop: string
  shown: Omit<ShownPrice, "ean" | "shop" | "shownAt">
  /** `live`: shown by us under seal; `kept`: what the phone had kept and showed without a network */
  source: "live" | "kept"
  shownAt: Date
  tillMinor: number
  memberId: number | null
  /** of a guest: where the answer goes; null when they look for it themselves */
  contact: string | null
  words: string | null
  locale: Locale
  madeAt: Date
  state: "open" | "answered"
  outcome: ClaimOutcome | null
  answer: string | null
  answeredAt: Date | null
  answeredBy: string | null
}

/** Evidence: the seal that came with the page, or what a phone without a network says it showed. */
export type Evidence = { sealed: string } | { kept: Kept }
/** `sku`: which of the products with this barcode, where the phone knows */
type Kept = { ean: string; sku?: string | undefined; shop: string; regularMinor: number; cardMinor: number; shownAt: Date }

export type NewClaim = {
  evidence: Evidence
  tillMinor: number
  memberId: number | null
  /** names the browser */
  device: string
  /** of a guest: `+375291112233` or an e-mail, as messages are sent to */
  contact: string | null
  words: string | null
  locale: Locale
  network: string
  at: Date
}

type Row = Omit<PriceClaim, "contact" | "words"> & { said: Buffer | null }

const COLUMNS = `id as "claimId", ean, shop, shown, source, shown_at as "shownAt", till_minor as "tillMinor", member_id as "memberId", said, locale,
  made_at as "madeAt", state, outcome, answer, answered_at as "answeredAt", answered_by as "answeredBy"`
const SAID = "pricecheck.said"

const insert = statement<Row>(
  "pricecheck.claim",
  `insert into pricecheck.claim (ean, shop, shown, source, shown_at, till_minor, member_id, device, said, locale, made_at)
   values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9, $10, $11) returning ${COLUMNS}`,
)
const list = statement<Row>(
  "pricecheck.claims",
  `select ${COLUMNS} from pricecheck.claim where ($1::text is null or state = $1) and ($2::text is null or shop = $2) and id > $3 order by id limit $4`,
)
const ofPerson = statement<Row>(
  "pricecheck.claims_of_person",
  `select ${COLUMNS} from pricecheck.claim where member_id = $1 or (member_id is null and device = $2) order by id desc limit 20`,
)
const lock = statement<Row>("pricecheck.lock_claim", `select ${COLUMNS} from pricecheck.claim where id = $1 for update`)
const answerClaim = statement<Row>(
  "pricecheck.answer_claim",
  `update pricecheck.claim set state = 'answered', outcome = $2, answer = $3, answered_at = $4, answered_by = $5 where id = $1 returning ${COLUMNS}`,
)
const forget = statement<{ id: number }>(
  "pricecheck.forget",
  "update pricecheck.claim set member_id = null, device = null, said = null where member_id = $1 returning id",
)

/**
 * Opens a claim about a price. Refuses `shown_price_invalid`, `till_price_invalid`, `claim_contact_invalid`, `bank_card_number`, `told_too_often`.
 * A second call opens a second claim.
 */
export async function claimPrice(tx: Tx, claim: NewClaim): Promise<PriceClaim> {
  const { evidence, tillMinor, memberId, device, contact, words, locale, network, at } = claim
  if (looksLikeBankCardNumber(`${contact ?? ""} ${words ?? ""}`)) refuse("bank_card_number")
  if (contact !== null && !isContact(contact)) refuse("claim_contact_invalid")
  const shown = await provenPrice(tx, evidence, at)
  if (!shown) return refuse("shown_price_invalid")
  if (!Number.isSafeInteger(tillMinor) || tillMinor <= 0 || tillMinor > MOST_MINOR) refuse("till_price_invalid")
  if (tillMinor === shown.regularMinor && tillMinor === shown.cardMinor) refuse("till_price_invalid")
  await countTold(tx, { network, what: "claims", times: 1, at })
  const { ean, shop, shownAt, ...rest } = shown
  const said = contact === null && words === null ? null : tx.secrets.seal(SAID, JSON.stringify({ contact, words }))
  const source = "sealed" in evidence ? "live" : "kept"
  const [made] = await insert(tx, [
    ...[ean, shop, JSON.stringify(rest), source, shownAt, tillMinor, memberId, deviceHash(tx, device), said, locale, at],
  ])
  return told(tx, made!)
}

const MOST_MINOR = 100_000_000

/** Claims for staff, oldest first, from the one after `after` on. */
export async function priceClaims(
  tx: Tx,
  {
    state = null,
    shop = null,
    after = 0,
    most,
  }: { state?: PriceClaim["state"] | null; shop?: string | null; after?: number; most: number },
): Promise<PriceClaim[]> {
  return (await list(tx, [state, shop, after, most])).map((row) => told(tx, row))
}

/** The last claims of a member, and those a guest made in this browser. */
export async function claimsOfPerson(
  tx: Tx,
  { memberId, device }: { memberId: number | null; device: string | null },
): Promise<PriceClaim[]> {
  return (await ofPerson(tx, [memberId, device === null ? null : deviceHash(tx, device)])).map((row) => told(tx, row))
}

/** Answers a claim, once. Refuses `price_claim_not_found`, `price_claim_answered`, `bank_card_number`. */
export async function answerPriceClaim(
  tx: Tx,
  { claimId, outcome, answer, at, by }: { claimId: number; outcome: ClaimOutcome; answer: string; at: Date; by: string },
): Promise<PriceClaim> {
  if (looksLikeBankCardNumber(answer)) refuse("bank_card_number")
  const [claim] = await lock(tx, [claimId])
  if (!claim) return refuse("price_claim_not_found", { claimId })
  if (claim.state === "answered") refuse("price_claim_answered", { claimId })
  const [answered] = await answerClaim(tx, [claimId, outcome, answer, at, by])
  return told(tx, answered!)
}

/** Whose membership ends is forgotten here too: a claim stays as a fact about a price, of nobody. Answers how many. */
export async function forgetClaimsOf(tx: Tx, memberId: number): Promise<number> {
  return (await forget(tx, [memberId])).length
}

async function provenPrice(tx: Tx, evidence: Evidence, at: Date): Promise<ShownPrice | undefined> {
  if ("sealed" in evidence) return openShownPrice(tx, { sealed: evidence.sealed, at })
  const { ean, sku, shop, regularMinor, cardMinor, shownAt } = evidence.kept
  const age = at.getTime() - shownAt.getTime()
  const isPlausible = age <= OLDEST_KEPT_MS && age >= -MOST_AHEAD_MS // false of what is no instant
  if (!isPlausible || !(await shopByCode(tx, shop))) return undefined
  const checked = await checkPrice(tx, { ean, sku, shop, at })
  if (!checked || ![regularMinor, cardMinor].every((amount) => Number.isSafeInteger(amount) && amount > 0 && amount <= MOST_MINOR))
    return undefined
  // name and sku are ours; the amounts are what the phone says
  return { ...shownPriceOf(checked, { shop, at: shownAt }), regularMinor, cardMinor, promotion: null, endsAt: null }
}

const OLDEST_KEPT_MS = 14 * 86_400_000
const MOST_AHEAD_MS = 10 * 60_000 // a phone's clock may run ahead

const isContact = (contact: string): boolean =>
  contact.length <= 100 && (/^\+\d{8,15}$/.test(contact) || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(contact))

const deviceHash = (tx: Tx, device: string): Buffer => tx.secrets.hmac("pricecheck.device", device)

function told(tx: Tx, { said, ...row }: Row): PriceClaim {
  const opened = said === null ? {} : (JSON.parse(tx.secrets.open(SAID, said)) as { contact: string | null; words: string | null })
  return { ...row, contact: null, words: null, ...opened }
}
