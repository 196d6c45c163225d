import { cardsOf } from "@mila/cards"
import { type Locale, numberText, pointsText, pointsWord, reading, together, type Tx } from "@mila/kernel"
import { personOf } from "@mila/members"
import { owesConsent, ownRenewals } from "@mila/membership"
import type { Renewal } from "@mila/privacy"
import { lastDigitsOf } from "../../parts/card-words.ts"
import { levelShown } from "../../parts/level.server.ts"
import { movementsOf } from "../../parts/movements.server.ts"
import { standingOf, told } from "../../parts/points.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { spendingShown } from "../card/spending.server.ts"
import { RENEW } from "../data/renew-words.ts"
import { SIXTEEN } from "../sixteen/words.ts"
import { MY_HOME } from "./words.ts"

/** Everything a thumb away: the card, the balance, what comes and what ends, what is new. */
export async function myHome(visit: MemberVisit) {
  const { db, clock, locale, session } = visit
  const { memberId } = session
  const at = clock.now()
  const words = MY_HOME[locale]
  const read = (tx: Tx) =>
    together([
      personOf(tx, memberId),
      standingOf(tx, { memberId, locale }),
      cardsOf(tx, memberId),
      levelShown(tx, { memberId, locale, at }),
      movementsOf(tx, { memberId, most: 12, locale, at }),
      owesConsent(tx, { memberId, at }),
      ownRenewals(tx, { memberId, at }),
      spendingShown(tx, visit),
    ])
  const [person, standing, cards, level, movements, owes, renewals, spending] = await reading(db, read)
  const card = cards.findLast(({ kind, state }) => kind === "virtual" && state === "active")
  const [activation] = standing.activations
  const [expiry] = standing.expiries
  const sentence = (pattern: string, of: typeof activation) => (of ? filled(pattern, told(of, locale, at)) : null)
  const comesAtOnce = activation?.points === standing.pending
  return {
    words,
    // sixteen, and their own consent is still to come
    sixteen: owes ? { says: SIXTEEN[locale].banner, act: SIXTEEN[locale].bannerDo } : null,
    // new words, or a consent whose term ends: asked once, and nothing waits for the answer
    renew: renewShown(renewals, locale),
    // locked, or resting: what is here is not to be spent now
    closed: spending.isOpen ? null : { says: spending.says, act: spending.words.manage },
    hello: words.hello.replace("{name}", person?.name?.given ?? ""),
    // the number stands large, its word beside it
    available: [numberText(standing.available, locale), pointsWord(standing.available, locale)] as const,
    availableSays: spending.isOpen ? words.available : words.kept,
    worth: standing.available > 0 && spending.isOpen ? words.worth.replace("{money}", standing.worth) : null,
    pending: standing.pending > 0 ? pointsText(standing.pending, locale) : null,
    pendingSays: sentence(comesAtOnce ? words.pendingOnce : words.pendingSays, activation),
    expiring: expiry ? pointsText(expiry.points, locale) : null,
    expiringSays: sentence(words.expiringSays, expiry),
    held: standing.held > 0 ? pointsText(standing.held, locale) : null,
    owed: standing.owed > 0 ? pointsText(standing.owed, locale) : null,
    card: card?.number ? { number: card.number, last: lastDigitsOf(card.number) } : null,
    level,
    // what was set aside for a purchase is told by the purchase itself
    news: movements.filter(({ kind }) => kind !== "hold").slice(0, 4),
  }
}

function renewShown(renewals: readonly Renewal[], locale: Locale) {
  const announced = renewals.filter(({ rests }) => !rests)
  if (announced.length === 0) return null
  const { bannerTerms, bannerConsents, bannerDo, later } = RENEW[locale]
  const says = announced.some(({ isNeeded }) => isNeeded) ? bannerTerms : bannerConsents
  return { says, act: bannerDo, later, purposes: announced.map(({ purpose }) => purpose) }
}

const filled = (pattern: string, { points, day }: { points: string; day: string }): string =>
  pattern.replace("{points}", points).replace("{day}", day)
