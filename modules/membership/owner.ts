import { cardsOf } from "@mila/cards"
import { addMonths, dayIn, kopecksTyped, MINSK, type Tx } from "@mila/kernel"
import { lastSignOf, parkNumber, personOf, provenEmailOf } from "@mila/members"
import { queueMessage } from "@mila/messages"
import { receiptsOf } from "@mila/tills"
import { join } from "./join.ts"

type Asked = { memberId: number; device: string; dormantMonths: number; at: Date }

/**
 * Whether a code by SMS is not enough here: nobody signed in or bought for so many months, and the device is new. The operator may have given the number to somebody
 * else (domain, 5.1), who must see nothing of the account before a second fact.
 */
export async function ownerFactNeeded(tx: Tx, { memberId, device, dormantMonths, at }: Asked): Promise<boolean> {
  const signed = await lastSignOf(tx, { memberId, device })
  if (signed === undefined) return false
  const bought = (await receiptsOf(tx, { memberId, most: 1 }))[0]?.soldAt
  const last = bought && bought > signed ? bought : signed
  return addMonths(dayIn(MINSK, last), dormantMonths) <= dayIn(MINSK, at)
}

/** What an owner can say: the last six digits of a card of theirs, or what one of their last five purchases came to and on which day. */
export type OwnerFact = { digits: string } | { sum: string; day: string }

/** Whether it is so. Tries are the caller's to count (`takeOwnerTry`). */
export async function knowsOwnerFact(tx: Tx, { memberId, fact }: { memberId: number; fact: OwnerFact }): Promise<boolean> {
  if ("digits" in fact) {
    const digits = fact.digits.replace(/\s/g, "")
    const cards = await cardsOf(tx, memberId)
    return (
      /^\d{6}$/.test(digits) && cards.some(({ state, number }) => (state === "active" || state === "blocked") && number?.endsWith(digits))
    )
  }
  const sum = kopecksTyped(fact.sum)
  const bought = (await receiptsOf(tx, { memberId, most: 10 })).filter(({ kind }) => kind === "sale").slice(0, 5)
  return bought.some(({ totalMinor, soldAt }) => totalMinor === sum && dayIn(MINSK, soldAt) === fact.day)
}

/**
 * Opens an account for the new owner of a number whose former owner's account sleeps: that one is parked, with its cards and points, and its e-mail address is told
 * how to come back (`link`). Refuses as `join` does, and then nothing is parked.
 */
export async function joinOnReissuedNumber(
  tx: Tx,
  { link, ...joining }: Parameters<typeof join>[1] & { link: string },
): ReturnType<typeof join> {
  const { phone, at } = joining
  const parked = await parkNumber(tx, { phone, at })
  const joined = await join(tx, joining)
  const person = parked === undefined ? undefined : await personOf(tx, parked)
  const to = provenEmailOf(person)
  if (person && to) {
    const { memberId, locale } = person
    await queueMessage(tx, {
      memberId,
      channel: "email",
      to,
      template: "number_parked",
      params: { lastDigits: phone.slice(-4), link },
      locale,
      at,
    })
  }
  return joined
}
