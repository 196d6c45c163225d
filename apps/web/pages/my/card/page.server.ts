import { cardsOf, type CardView, claimedAmong, claimsBy, partnerSchemes } from "@mila/cards"
import {
  addDays,
  dayIn,
  dayText,
  inTransaction,
  looksLikeBankCardNumber,
  MINSK,
  momentText,
  money,
  pointsText,
  startOfDay,
  kopecksTyped,
  reading,
  together,
  type Tx,
} from "@mila/kernel"
import { balancesOf } from "@mila/ledger"
import { isChild } from "@mila/members"
import {
  attachOwnCard,
  blockOwnCard,
  linkOwnCard,
  nameOwnCard,
  removeOwnCard,
  replaceOwnCard,
  takeAttachTry,
  unblockOwnCard,
} from "@mila/membership"
import { currentTexts } from "@mila/privacy"
import { gainWithPartnerCard } from "@mila/tills"
import { redirect } from "react-router"
import { formText } from "../../parts/form-text.ts"
import { pathIn } from "../../parts/address.ts"
import { lastDigitsOf } from "../../parts/card-words.ts"
import { refusalOf } from "../../parts/flow.server.ts"
import { REGISTER } from "../../register/words.ts"
import { type Refused, refused } from "../../words/refused.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { actOnSpending, isSpendingAct, spendingShown } from "./spending.server.ts"
import { actOnWallets, isWalletAct, walletOffer } from "./wallets.server.ts"
import { CARD } from "./words.ts"

const GAIN_DAYS = 90
const CLAIM_DAYS = 30 // so long a claim that was turned down is told of

/** The card to show, the cards there are, and what may be added. */
export async function myCards(visit: MemberVisit, done: string | null) {
  const { db, clock, locale, session } = visit
  const { memberId } = session
  const at = clock.now()
  const words = CARD[locale]
  return reading(db, async (tx) => {
    const [all, balances] = await together([cardsOf(tx, memberId), balancesOf(tx, [memberId])])
    const open = all.filter(({ state }) => state === "active" || state === "blocked")
    const shown =
      open.findLast(({ kind, state }) => kind === "virtual" && state === "active") ?? open.find(({ kind }) => kind !== "partner")
    const available = balances.get(memberId)?.available ?? 0
    const [wallets, spending, partner, claimed, claims] = await together([
      shown?.state === "active" && shown.kind === "virtual" ? walletOffer(tx, visit) : null,
      spendingShown(tx, visit),
      partnerOffer(tx, { cards: open, memberId, locale, at }),
      claimedAmong(
        tx,
        open.filter(({ kind }) => kind === "partner").map(({ cardId }) => cardId),
      ),
      claimsBy(tx, { memberId, since: startOfDay(MINSK, addDays(dayIn(MINSK, at), -CLAIM_DAYS)) }),
    ])
    return {
      words,
      done:
        done !== null && Object.hasOwn(words.done, done) ? words.done[done as keyof typeof words.done] : done === "new" ? words.new : null,
      shown: shown?.number ? { cardId: shown.cardId, number: shown.number, state: shown.state } : null,
      balance: pointsText(available, locale),
      balanceAt: momentText(at, locale, dayIn(MINSK, at)),
      cards: open.map((card) => cardShown(card, { words, partner: partner?.name, isClaimed: claimed.has(card.cardId) })),
      claims: claims.map(({ claimId, state, lastDigits, claimedAt }) => ({
        claimId,
        says: words.claims[state]
          .replace("{last}", lastDigits)
          .replace("{day}", dayText(dayIn(MINSK, claimedAt), locale, dayIn(MINSK, at))),
      })),
      ...{ wallets, spending, partner },
      labels: REGISTER[locale].fields,
    }
  })
}

function cardShown(
  { cardId, kind, state, number, issuer, assurance, label }: CardView,
  { words, partner, isClaimed }: { words: (typeof CARD)["ru"]; partner: string | undefined; isClaimed: boolean },
) {
  return {
    ...{ cardId, kind, state, label },
    last: number ? lastDigitsOf(number) : "",
    title: label ?? (kind === "partner" ? partner : undefined) ?? words.kinds[kind],
    says: [words.states[state], kind === "partner" && assurance ? words.assurance[assurance] : ""].filter(Boolean).join(", "),
    hint: isClaimed ? words.claimed : null,
    issuer,
  }
}

async function partnerOffer(
  tx: Tx,
  { cards, memberId, locale, at }: { cards: readonly CardView[]; memberId: number; locale: "ru" | "be" | "en"; at: Date },
) {
  const [scheme] = await partnerSchemes(tx)
  if (!scheme || (await isChild(tx, { memberId, at }))) return null // from sixteen on
  const words = CARD[locale]
  const isLinked = cards.some(({ kind }) => kind === "partner")
  const since = startOfDay(MINSK, addDays(dayIn(MINSK, at), -GAIN_DAYS))
  const gain = isLinked || scheme.status === "closed" ? 0 : await gainWithPartnerCard(tx, { memberId, since, at })
  return {
    name: scheme.name[locale],
    isLinked,
    status: scheme.status,
    linkedSays: cards.some(({ assurance }) => assurance !== null && assurance !== "typed") ? words.partnerLinked : words.typedSays,
    statusSays: words.partnerStatus[scheme.status],
    gain: gain > 0 ? words.gain.replace("{points}", pointsText(gain, locale)).replace("{money}", money(gain, locale)) : null,
    text: (await currentTexts(tx, locale, at)).get("partner_card")!,
    issuers: [...new Map(scheme.ranges.map(({ prefix, issuerName }) => [prefix, issuerName])).entries()].flatMap(([prefix, name]) =>
      name ? [{ prefix, name }] : [],
    ),
  }
}

export type Answer = { refused: Refused; form: string }

/** One touch on a card: each comes back to the page that says what was done. */
export async function actOnCard(visit: MemberVisit, form: FormData): Promise<Response | Answer> {
  const { db, clock, locale, session, ip, deviceName } = visit
  const { memberId } = session
  const text = (name: string) => formText(form, name, 200)
  const act = text("act")
  if (isWalletAct(act)) return actOnWallets(visit, act)
  if (isSpendingAct(act)) return actOnSpending(visit, act)
  const own = { memberId, cardId: Number(text("card")) || 0, at: clock.now() }
  const number = text("number").replace(/\s/g, "")
  if ([text("number"), text("label")].some((typed) => looksLikeBankCardNumber(typed)))
    return { refused: refused("bank_card_number", locale, { field: "number" }), form: act }
  const link = {
    number,
    scanned: text("scanned") === "1",
    consentVersion: Number(text("consent_partner_card")),
    locale,
    door: "web",
    origin: { ip, device: deviceName },
  } as const
  if (act === "linked" && !link.consentVersion)
    return { refused: refused("consents_missing", locale, { field: "partner_card" }), form: act }
  const wait = act === "attached" || act === "linked" ? await inTransaction(db, (tx) => takeAttachTry(tx, own)) : 0
  if (wait > 0) return { refused: refused("too_often", locale, { wait, field: "number" }), form: act }
  try {
    const outcome = await inTransaction(db, async (tx): Promise<unknown> => {
      switch (act) {
        case "blocked":
          return blockOwnCard(tx, own)
        case "unblocked":
          return unblockOwnCard(tx, own)
        case "replaced":
          return replaceOwnCard(tx, own)
        case "removed":
          return removeOwnCard(tx, { ...own, door: "web" })
        case "named":
          return nameOwnCard(tx, { ...own, label: text("label") })
        case "attached":
          return attachOwnCard(tx, { memberId, number, lastSumMinor: kopecksTyped(text("sum")) ?? null, at: own.at })
        case "linked":
          return linkOwnCard(tx, { memberId, ...link, at: own.at })
        default:
          return undefined
      }
    })
    if (outcome === "partner_card_taken") return { refused: refused(outcome, locale, { field: "number" }), form: act }
    return redirect(`${pathIn(locale, "/my/card")}?done=${encodeURIComponent(act)}`)
  } catch (error) {
    return { refused: refused(refusalOf(error), locale), form: act }
  }
}
