import type { Proof } from "@mila/kernel"

/** What tills can prove: no more comes back than was sold, and points set aside are used on one receipt. */
export const proof: Proof = {
  invariants: [
    {
      invariant: "I6",
      saying: "of no line more came back than was sold, was clawed than it earned, was restored than it redeemed",
      query: `select 'line ' || line || ' of ' || sale_id from tills.returned_line
               where returned_milli not between 0 and sold_milli or clawed not between 0 and earned or restored not between 0 and redeemed`,
    },
    {
      invariant: "I5",
      saying: "one command of a till is one receipt, and one receipt uses what was set aside once",
      query: `select 'receipt ' || min(id) from tills.receipt where $1 = 0 and request_key is not null group by till_id, request_key having count(*) > 1
              union all
              select 'redemption ' || min(id) from tills.redemption where $1 = 0 and state = 'captured' group by receipt_id having count(*) > 1
              union all
              select 'redemption ' || d.id from tills.redemption d left join tills.receipt r on r.id = d.receipt_id where $1 = 0 and d.state = 'captured' and r.id is null`,
    },
    {
      invariant: "I5",
      saying: "whatever waits in quarantine for a person is there to be looked at",
      query: `select 'receipt ' || r.id from tills.receipt r
               where $1 = 0 and r.state = 'quarantined' and not exists (select from tills.quarantine q where q.receipt_id = r.id)`,
    },
  ],
  figures: [
    `select count(*) filter (where kind = 'sale') sales, count(*) filter (where kind = 'return') returns,
            count(*) filter (where state = 'parked') "returns that wait for their sale" from tills.receipt`,
    `select count(*) "facts in quarantine" from tills.quarantine where state = 'open'`,
  ],
}
