import { type Proof, staysAsWritten } from "@mila/kernel"

/** What the staff's records can prove: the audit trail stays, and nobody decided what they asked for. */
export const proof: Proof = {
  invariants: [
    staysAsWritten(["staff.audit"]),
    {
      invariant: "I5",
      saying: "what needs two people had two people",
      query: `select 'approval ' || id from staff.approval where state <> 'pending' and (decided_by is null or decided_by = asked_by)`,
    },
  ],
  figures: [`select count(*) "audit entries" from staff.audit`],
}
