/** Everything somebody may be allowed to do, with a line of meaning each. What is not granted is denied. */
export const PERMISSIONS = {
  "members.read": "look up members and see their masked names",
  "members.reveal": "see a person's name, phone and e-mail; every look is written down with its reason",
  "members.write": "register members, mark employees",
  "members.correct": "correct a person's name and birthday at their wish",
  "members.merge": "ask for joining two memberships of one person",
  "members.leave": "end a membership at the person's own wish: points are given up, the person is forgotten",
  "cards.read": "see cards and their histories",
  "cards.write": "issue, attach, link, block, unblock, replace and remove cards; enrol devices",
  "cards.decide": "decide whose a partner card is that two members say is theirs",
  "cards.batch": "define number ranges and have plastic cards made",
  "shops.read": "see shops and tills",
  "shops.write": "open and close shops",
  "tills.write": "create tills, give out enrolment codes, revoke tills",
  "receipts.read": "see receipts, quarantine and gaps",
  "receipts.release": "release receipts from quarantine",
  "points.read": "see balances, statements and lots",
  "points.adjust": "adjust points, alone up to the limit",
  "approvals.decide": "decide about what somebody else asked for, where one may do it oneself",
  "programme.read": "see the programme and simulate with it",
  "programme.publish": "publish a new version of the programme",
  "ledger.read": "prove the ledger, see liability and the expiry calendar",
  "catalog.read": "see products",
  "catalog.write": "put products and categories",
  "reviews.moderate": "read what buyers wrote, let it pass or refuse it, answer it",
  "offers.send": "send advertising to members who agreed to it",
  "pricecheck.read": "see codes nobody knows and claims about prices",
  "pricecheck.answer": "settle codes nobody knows, answer claims about prices",
  "exchange.send": "send goods, prices and stock through the exchange door; for the account of 1C or a supplier, and nothing else",
  "imports.read": "see imports, what they would do and what they could not take",
  "imports.decide": "let a held import go on, or stop it; say which shop a warehouse is and what a type of price is for",
  "jobs.run": "run a job now",
  "staff.manage": "employ staff, give out and revoke keys, change permissions",
  "privacy.read": "see legal requests and their clocks, consents, who received a person's data and who looked at it",
  "privacy.answer": "take down, take on, answer and refuse legal requests, and withdraw consents for who asks it",
  "privacy.publish": "ask for a new wording of a consent, and decide about what somebody else asked for; keep the calendar of moved days",
  "audit.read": "read the audit trail",
  "outbox.read": "read queued messages; only where the clock is simulated",
  "clock.set": "move the clock; only where it is simulated",
} as const

export type Permission = keyof typeof PERMISSIONS

/** Whether a text that came from outside names a permission we know. */
export function isPermission(text: string): text is Permission {
  return Object.hasOwn(PERMISSIONS, text)
}
