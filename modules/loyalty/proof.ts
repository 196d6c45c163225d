import { type Proof, staysAsWritten } from "@mila/kernel"

/** What the programme can prove: budgets are kept, nobody is told twice, a published programme stays. */
export const proof: Proof = {
  invariants: [
    {
      invariant: "I10",
      saying: "no campaign gave more than its budget",
      query: `select 'campaign ' || campaign from loyalty.campaign_budget where given_points < 0 or given_points > budget_points`,
    },
    {
      invariant: "I5",
      saying: "one message is one reminder, and a lot is told of once at each distance",
      query: `select 'notice ' || min(notice_id) from loyalty.expiry_notice where $1 = 0 and message_id is not null group by message_id having count(*) > 1
              union all
              select 'lot ' || lot_id from loyalty.noticed_lot where $1 = 0 group by lot_id, days_before having count(*) > 1`,
    },
    staysAsWritten(["loyalty.programme_version"]),
  ],
  figures: [
    `select count(*) filter (where state = 'delivered') "reminders delivered", count(*) filter (where state = 'offered') "reminders offered",
            count(*) filter (where state = 'waiting') "reminders that wait" from loyalty.expiry_notice`,
    `select coalesce(sum(given_points), 0) "points given by campaigns", coalesce(sum(budget_points), 0) "budgets of campaigns" from loyalty.campaign_budget`,
  ],
}
