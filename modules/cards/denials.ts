import { statement, type Tx } from "@mila/kernel"
import { markOf } from "./deny-check.ts"
import { openNumber } from "./numbers.ts"

export type Denial = { cardId: number; number_sealed: Buffer; reason: "blocked" | "replaced" | "removed" }

const note = statement<{ card_id: number }>(
  "cards.deny",
  `insert into cards.denied (card_id, mark, reason, denied_at)
   select card, mark, reason, $4::timestamptz from unnest($1::bigint[], $2::bytea[], $3::text[]) as new (card, mark, reason)
   on conflict (card_id) do update set reason = excluded.reason, denied_at = excluded.denied_at
   returning card_id`,
)
const forget = statement<{ card_id: number }>("cards.permit", "delete from cards.denied where card_id = $1 returning card_id")
const salted = statement<{ salt: Buffer }>("cards.deny_salt", "select salt from cards.deny_state")
// the row's lock makes versions grow in the order of commits: nobody sees a newer version without the older change
const grow = statement<never>("cards.deny_grow", "update cards.deny_state set version = version + 1")

/** Puts cards on the list that offline tills carry; a second reason replaces the first. */
export async function deny(tx: Tx, denials: readonly Denial[], { at }: { at: Date }): Promise<void> {
  if (denials.length === 0) return
  const [state] = await salted(tx, [])
  const marks = denials.map(({ number_sealed }) => markOf(state!.salt, openNumber(tx, number_sealed)))
  await note(tx, [denials.map(({ cardId }) => cardId), marks, denials.map(({ reason }) => reason), at])
  await grow(tx, [])
}

/** Takes a card off the list; one that is not on it changes nothing. */
export async function permit(tx: Tx, { cardId }: { cardId: number }): Promise<void> {
  if ((await forget(tx, [cardId])).length > 0) await grow(tx, [])
}
