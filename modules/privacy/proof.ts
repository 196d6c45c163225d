import { type Proof, staysAsWritten } from "@mila/kernel"

/** What people agreed to and what went to whom stays as it was written. */
export const proof: Proof = {
  invariants: [
    staysAsWritten(["privacy.text", "privacy.consent_event", "privacy.disclosure", "privacy.request_event", "privacy.asked_again"]),
  ],
  figures: [
    `select count(*) "open legal requests", count(*) filter (where due < current_date) "overdue legal requests" from privacy.request where state = 'open'`,
  ],
}
