import { type Proof, staysAsWritten } from "@mila/kernel"

/** What members can prove: a merged member leads to a living one, and their history stays. */
export const proof: Proof = {
  invariants: [
    {
      invariant: "I14",
      saying: "one phone leads to one member, and a merged member to one who is not merged",
      query: `select 'member ' || min(id) from members.member where $1 = 0 and phone_hash is not null group by phone_hash having count(*) > 1
              union all
              select 'member ' || one.id from members.member one left join members.member next on next.id = one.merged_into
               where one.state = 'merged' and (next.id is null or next.state = 'merged')`,
    },
    staysAsWritten(["members.event"]),
  ],
  figures: [`select count(*) members, count(*) filter (where state = 'active') "active members" from members.member`],
}
