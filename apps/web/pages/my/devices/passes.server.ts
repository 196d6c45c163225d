import { dayIn, inTransaction, MINSK, momentText, type Tx } from "@mila/kernel"
import { passesOf, removePass } from "@mila/wallet"
import { lastDigitsOf } from "../../parts/card-words.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { DEVICES } from "./words.ts"

/** The member's card in wallets of phones, as they read it. */
export async function passesShown({ clock, locale, session: { memberId } }: MemberVisit, tx: Tx) {
  const words = DEVICES[locale]
  const today = dayIn(MINSK, clock.now())
  return (await passesOf(tx, memberId)).map(({ passId, kind, madeAt, cardNumber, isRotating }) => ({
    passId,
    name: words.passKinds[kind],
    says: [
      words.passSays.replace("{last}", lastDigitsOf(cardNumber)).replace("{at}", momentText(madeAt, locale, today)),
      ...(isRotating ? [words.passRotating] : []),
    ].join(" · "),
  }))
}

/** The card in that wallet works no more, from now on. Refuses `pass_unknown`. */
export async function removeOwnPass({ db, clock, session: { memberId } }: MemberVisit, passId: number): Promise<void> {
  await inTransaction(db, (tx) => removePass(tx, { memberId, passId, at: clock.now() }))
}
