import { adjust, giveBack, hold, post, seal } from "@mila/ledger"
import { aPosting } from "@mila/ledger/testing"
import { aCard, crowd } from "@mila/cards/testing"
import { campaignBudgets, DEFAULT_PROGRAMME, publishProgramme } from "@mila/loyalty"
import { replaceCard } from "@mila/cards"
import { addDays, day, dayIn, inTransaction, later, MINSK, points } from "@mila/kernel"
import { closeTestDatabases, ownDb, type OwnDb } from "@mila/db/testing"
import { queueMessage } from "@mila/messages"
import { aMessage } from "@mila/messages/testing"
import { recordReceipts, recordReturn } from "@mila/tills"
import { aReturn, aSale, aTill } from "@mila/tills/testing"
import { record } from "@mila/staff"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { prove } from "./prove.ts"

after(closeTestDatabases)

const AT = new Date("2026-11-23T09:00:00Z")
const TODAY = dayIn(MINSK, AT)

/** A small house in order: a member with lots, a hold, a sale in part given back, cards, a receipt with a return, a campaign, a seal. */
async function aHouse(): Promise<OwnDb> {
  const own = await ownDb()
  const [mine] = (await crowd(own.db, [(tx) => aCard(tx)])) as Awaited<ReturnType<typeof aCard>>[]
  const { memberId, number, cardId } = mine!
  await inTransaction(own.db, async (tx) => {
    const till = await aTill(tx)
    await publishProgramme(tx, { document: withCampaign(), effectiveFrom: new Date("2026-11-01T00:00:00Z"), at: AT, by: "staff:1" })
    const sale = aSale(till, { card: number })
    await recordReceipts(tx, [{ till, requestKey: "key-1", sale, locale: "ru" }], { at: AT })
    const receiptId = `${till.shop}-${till.till}-${sale.shift}-${sale.number}`
    await recordReturn(tx, { till, requestKey: null, return: aReturn(till, { sale: receiptId }), locale: "ru" }, { at: AT })
    const give = { memberId, points: 500, expiresOn: addDays(TODAY, 90), at: AT, occurredAt: AT, shortage: "refuse" as const }
    await adjust(tx, { ...give, reference: "adjustment:house/settled" })
    const earn = [{ line: 1, points: points(40), activatesOn: addDays(TODAY, 14), expiresOn: day("2027-09-01") }]
    const sold = aPosting({ memberId, redeem: points(100), earn })
    await post(tx, [sold], { at: AT })
    await giveBack(tx, {
      ...{ reference: "return:house/settled", reverses: sold.reference, memberId, occurredAt: AT, at: AT },
      ...{ restore: points(30), claw: [{ line: 1, points: points(10) }], restoredForDays: 30, shortage: "debt" },
    })
    await hold(tx, [{ reference: "order:house/held", memberId, points: points(50), lapsesAt: new Date(AT.getTime() + 300_000) }], {
      at: AT,
    })
    await replaceCard(tx, { cardId, reason: "lost", at: AT, by: "system" })
    await queueMessage(tx, aMessage())
    await later(tx, "nothing", {})
    await record(tx, { staffId: null, action: "demo.made", object: "house", at: AT })
  })
  await seal(own.db, { at: AT })
  return own
}

function withCampaign(): object {
  const campaign = {
    ...{ id: "double", name: { ru: "Двойные", be: "Падвойныя", en: "Double" }, from: "2026-11-01", to: "2026-11-30", when: {} },
    ...{ birthday: null, group: null, budgetPoints: 1_000, expiryDays: null, effect: { kind: "multiplier", timesBps: 20_000 } },
  }
  return { ...DEFAULT_PROGRAMME, campaigns: [campaign] }
}

const check = (own: OwnDb, complete = true) => prove(own.db, { at: AT, now: () => AT, complete })
const named = async (own: OwnDb) => new Set((await check(own)).findings.map(({ invariant }) => invariant))

/** What an administrator of the database might do, with every guard lifted. */
const BREAKS: readonly [invariant: string, what: string, sql: string][] = [
  [
    "I1",
    "a posting gives what nobody gave",
    "alter table ledger.posting drop constraint legal_move; alter table ledger.posting drop constraint posting_points_check; update ledger.posting set points = -points where source = 'issued' and target = 'pending'",
  ],
  [
    "I2",
    "points vanish between two purses",
    "update ledger.posting set target = 'moved' where (member_id, transaction_id, leg) in (select member_id, transaction_id, leg from ledger.posting where source = 'available' and target = 'held' limit 1)",
  ],
  ["I3", "a balance is raised", "update ledger.purse set available = available + 1"],
  ["I3", "a statement tells another balance", "update ledger.transaction set available_after = available_after + 1"],
  [
    "I4",
    "a balance falls below zero",
    "alter table ledger.purse drop constraint purse_pending_check; update ledger.purse set pending = -1",
  ],
  ["I4", "a hold keeps more than its lots gave", "update ledger.hold set points = points + 1"],
  [
    "I5",
    "a cause has two effects",
    "alter table ledger.transaction drop constraint transaction_reference_key; insert into ledger.transaction select transaction_id + 1, reference, kind, member_id, occurred_at, recorded_at, earned, redeemed, reverses, pending_after, available_after, held_after, owed_after from ledger.transaction where reference = 'adjustment:house/settled'",
  ],
  [
    "I5",
    "a night's work is done twice",
    "insert into ledger.posting select member_id, transaction_id, lot_id, 'pending', 'available', points, expires_on, leg + 100 + n, line from ledger.posting, generate_series(0, 1) n where source = 'issued' and target = 'pending'",
  ],
  [
    "I5",
    "one command of a till made two receipts",
    "drop index tills.receipt_till_id_request_key_idx; insert into tills.receipt select id || '0', till_id, kind, state, sold_at, recorded_at, sequence, request_key, fingerprint, member_id, card_id, total_minor, earned, redeemed, fiscal_uid, purchase_id, sale, flags, programme_version, counted, identifier, body, explanation, answer from tills.receipt where request_key is not null",
  ],
  ["I5", "what waits for a person is in nobody's list", "update tills.receipt set state = 'quarantined'"],
  [
    "I5",
    "a rotating code is used twice",
    "alter table cards.used_step drop constraint used_step_pkey; insert into cards.used_step select 1, 1, now() from generate_series(1, 2)",
  ],
  [
    "I5",
    "somebody decided what they asked for",
    "alter table staff.approval drop constraint approval_check; insert into staff.approval (kind, object, request, asked_by, asked_at, state, decided_by, decided_at) values ('points.adjust', 'member:1', '{}', 1, now(), 'approved', 1, now())",
  ],
  [
    "I5",
    "a lot is told of twice at one distance",
    "alter table loyalty.noticed_lot drop constraint noticed_lot_pkey; insert into loyalty.noticed_lot select 1, 30, date '2027-01-01', 1, 1 from generate_series(1, 2)",
  ],
  [
    "I11",
    "a message that waits is settled",
    "alter table messages.outbox drop constraint outbox_check; update messages.outbox set settled_at = now()",
  ],
  ["I6", "more is given back than was sold, by points", "update ledger.transaction set earned = earned + 1000 where kind = 'return'"],
  [
    "I6",
    "more is given back than was sold, by lines",
    "alter table tills.returned_line drop constraint returned_line_check; update tills.returned_line set returned_milli = sold_milli + 1",
  ],
  ["I7", "a hold never ends", "update ledger.hold set lapses_at = lapses_at - interval '1 day'"],
  ["I7", "an ended hold keeps its lots", "update ledger.hold set state = 'voided', ended_at = now()"],
  ["I8", "a lot disappears", "delete from ledger.lot where state = 'available'"],
  [
    "I8",
    "a reminded lot outlives its day",
    "update ledger.lot set reminded_on = '2026-01-01', expires_on = '2026-02-01', due_on = '2026-02-02' where state = 'available'",
  ],
  [
    "I8",
    "points move from one lot to another",
    "with moved as (update ledger.lot set remaining = remaining - 1 where state = 'available' returning member_id) insert into ledger.lot select distinct member_id, 1, 'available'::ledger.account, date '2026-01-01', date '2027-01-01', date '2027-01-02', 1, 1 from moved",
  ],
  [
    "I10",
    "a campaign gives beyond its budget",
    "alter table loyalty.campaign_budget drop constraint campaign_budget_check; update loyalty.campaign_budget set given_points = budget_points + 1",
  ],
  ["I11", "a message is forgotten", "update messages.outbox set written_at = now() - interval '16 minutes'"],
  ["I11", "what an act left is not taken up", "update kernel.job set left_at = now() - interval '16 minutes'"],
  ["I12", "the programs may change a posting", "grant update on ledger.posting to mila_app"],
  [
    "I12",
    "the programs may change one month's postings",
    "do $$ begin execute (select 'grant delete on ' || inhrelid::regclass || ' to mila_app' from pg_inherits where inhparent = 'ledger.posting'::regclass limit 1); end $$",
  ],
  ["I12", "the programs may make tables beside the ledger", "grant create on schema ledger to mila_app"],
  ["I12", "a guard of the journal is lifted", "alter table ledger.transaction disable trigger append_only"],
  ["I12", "a guard of the audit trail is gone", "drop trigger never_emptied on staff.audit"],
  ["I12", "one column of the history of cards may be changed", "grant update (reason) on cards.event to mila_app"],
  ["I13", "a sealed row is rewritten", "update ledger.transaction set occurred_at = occurred_at - interval '1 day'"],
  ["I13", "a seal is rewritten", "update ledger.seal set hash = sha256(hash)"],
  ["I14", "a card becomes somebody else's", "update cards.card set member_id = member_id + 1"],
  [
    "I14",
    "two active virtual cards of one member",
    "drop index cards.one_active_virtual_card; update cards.card set state = 'active', successor_id = null, ended_at = null where state = 'replaced'",
  ],
  ["I14", "a replaced card leads nowhere", "update cards.card set successor_id = 0 where state = 'replaced'"],
  ["I14", "a merged member leads to nobody", "update members.member set state = 'merged', merged_into = 0"],
]

test("a house in order has no finding, and everything the papers number is looked at", async () => {
  const own = await aHouse()
  const { findings, proved, figures } = await check(own)
  assert.deepEqual(findings, [])
  const numbers = new Set(proved.map(({ invariant }) => invariant))
  assert.deepEqual([...numbers], ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I10", "I11", "I12", "I13", "I14"])
  for (const figure of ["issued", "activated", "redeemed", "expired", "sales", "returns", "cards", "messages that wait", "jobs that wait"])
    assert.equal(typeof figures[figure], "number", figure)
  assert.deepEqual((await check(own, false)).findings, [])
  assert.equal((await inTransaction(own.db, (tx) => campaignBudgets(tx)))[0]?.givenPoints, 20)
  await own.drop()
})

for (const [invariant, what, sql] of BREAKS) {
  test(`${invariant}: ${what}, and the check says so`, async () => {
    const own = await aHouse()
    const owner = await own.owner.pool.connect()
    await owner.query(`set session_replication_role = replica; ${sql}; set session_replication_role = default`)
    owner.release()
    assert.ok((await named(own)).has(invariant), [...(await named(own))].join(", ") || "nothing was found")
    await own.drop()
  })
}
