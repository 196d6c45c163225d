import { type Proof, staysAsWritten } from "@mila/kernel"

/** What cards can prove: a number is one card, a card one member's, and its history says what it is. */
export const proof: Proof = {
  invariants: [
    {
      invariant: "I14",
      saying: "one number is one card, and a member has at most one active virtual card",
      query: `select 'card ' || min(id) from cards.card where $1 = 0 and number_hash is not null group by number_hash having count(*) > 1
              union all
              select 'card ' || min(id) from cards.card where kind = 'virtual' and state = 'active' group by member_id having count(*) > 1`,
    },
    {
      invariant: "I14",
      saying: "a replaced card leads in one step to a card of the same member that stands for it",
      query: `select 'card ' || card.id from cards.card left join cards.card next on next.id = card.successor_id
               where card.state = 'replaced' and (next.id is null or next.state = 'replaced' or next.member_id is distinct from card.member_id)`,
    },
    {
      invariant: "I14",
      saying: "a card is what its history says, and whose its history says",
      query: `select 'card ' || card.id from cards.card
                left join lateral (select to_state, member_id from cards.event where card_id = card.id order by id desc limit 1) last on true
               where $1 = 0 and (last.to_state is distinct from card.state or last.member_id is distinct from card.member_id)`,
    },
    {
      invariant: "I5",
      saying: "no rotating code was used twice",
      query: `select 'device ' || device_id from cards.used_step where $1 = 0 group by device_id, step having count(*) > 1`,
    },
    staysAsWritten(["cards.event"]),
  ],
  figures: [`select count(*) cards, count(*) filter (where state = 'active') "active cards" from cards.card`],
}
