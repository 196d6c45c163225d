import { chanceOf } from "@mila/till-simulator"
import assert from "node:assert/strict"
import { randomUUID } from "node:crypto"
import { after, before, test } from "node:test"
import { type Device, type Mila, milaUnderTest, type Till } from "./adapter.ts"

// Every verb against every other, on one member, over HTTP at the same moment. RACE_ROUNDS plays each pair oftener than the check does.
const ROUNDS = Number(process.env["RACE_ROUNDS"] ?? 1)

let mila: Mila
let tills: [Till, Till]
let number = 0
before(async () => {
  mila = await milaUnderTest()
  tills = [await mila.enrolTill(31), await mila.enrolTill(32)]
})
after(() => mila.stop())

/** What a race is about: a member with points and a phone, a receipt to take back, points set aside. */
type Ground = { phone: Device; till: Till; other: Till; sold: string; authId: string; held: number; purchaseId: string; memberRef: object }

const line = (amountMinor: number) => ({ no: 1, sku: "100001", quantityMilli: 1_000, priceMinor: amountMinor, amountMinor })
const now = (): string => mila.now().toISOString()

function sale(identifier: object, amountMinor: number) {
  number += 1
  return {
    ...{ shift: 7_000, number, soldAt: now(), identifier, lines: [line(amountMinor)], totalMinor: amountMinor },
    tenders: [{ type: "card", amountMinor }],
  }
}

async function aGround(): Promise<Ground> {
  const [till, other] = tills
  const phone = await mila.enrolDevice(await mila.issueCard(await mila.registerMember()))
  await mila.givePoints(phone.memberId, 900)
  const card = { type: "card13", value: phone.number }
  const sold = await mila.till(till, "/receipts", sale(card, 20_000))
  const met = await mila.till(till, "/identify", { at: now(), identifier: { type: "rotating", value: mila.rotatingCode(phone) } })
  const memberRef = { type: "memberRef", value: met.body.memberRef }
  const purchaseId = randomUUID()
  const quoted = await mila.till(till, "/calculate", {
    ...{ at: now(), purchaseId, identifier: memberRef, lines: [line(2_000)], redeem: { mode: "max" } },
  })
  const points = quoted.body.redeemed
  const set = await mila.till(till, "/redemptions", { at: now(), purchaseId, quoteId: quoted.body.quoteId, points })
  assert.equal(set.status, 201, set.text)
  return { phone, till, other, sold: sold.body.receiptId, authId: set.body.authId, held: points, purchaseId, memberRef }
}

type Verb = (ground: Ground) => Promise<{ status: number }>
const card13 = ({ phone }: Ground) => ({ type: "card13", value: phone.number })

const VERBS: Record<string, Verb> = {
  earn: (ground) => mila.till(ground.other, "/receipts", sale(card13(ground), 5_000)),
  confirm: (ground) =>
    mila.till(ground.till, "/receipts", {
      ...{ ...sale(ground.memberRef, 2_000), purchaseId: ground.purchaseId, authId: ground.authId },
      redeemed: { points: ground.held, lines: [{ no: 1, points: ground.held }] },
    }),
  void: ({ till, authId }) => mila.till(till, `/redemptions/${authId}/void`, { voidedAt: now() }),
  return: ({ till, sold }) => {
    number += 1
    const lines = [{ no: 1, quantityMilli: 1_000 }]
    return mila.till(till, "/returns", { shift: 7_000, number, returnedAt: now(), original: { receiptId: sold }, lines })
  },
  cancel: ({ till, sold }) => mila.till(till, `/receipts/${sold}/cancel`, { cancelledAt: now() }),
  block: ({ phone }) => mila.ask("POST", `/cards/${phone.cardId}/block`, { reason: "lost" }),
  replace: ({ phone }) => mila.ask("POST", `/cards/${phone.cardId}/replace`, { reason: "lost" }),
  adjust: ({ phone }) => mila.ask("POST", `/members/${phone.memberId}/adjustments`, { points: -300, reason: "goodwill" }),
  leave: ({ phone }) => mila.ask("POST", `/members/${phone.memberId}/leave`, { givesUp: 1_100 }),
  settleLots: () => mila.ask("POST", "/jobs/settleLots/run", {}),
}

test("each verb alone is done", async () => {
  for (const [name, verb] of Object.entries(VERBS)) {
    const { status, ...told } = await verb(await aGround())
    assert.ok(status < 300, `${name}: ${status} ${JSON.stringify(told)}`)
  }
})

test(`every verb against every other: nothing counts twice, nobody hears a 500 (${ROUNDS} × each pair)`, async () => {
  const names = Object.keys(VERBS)
  const chance = chanceOf("races")
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [place, one] of names.entries()) {
      for (const other of names.slice(place)) {
        const ground = await aGround()
        const told = await Promise.all([VERBS[one]!(ground), pause(chance.below(6)).then(() => VERBS[other]!(ground)), VERBS[one]!(ground)])
        for (const { status } of told) assert.ok(status < 500, `${one} × ${other}: ${status}`)
        await addsUp(ground, `${one} × ${other}`)
      }
    }
  }
  assert.deepEqual((await mila.checkLedger()).findings, [])
})

/** The statement adds up to the balance, and no cause has two effects. */
async function addsUp({ phone: { memberId } }: Ground, what: string): Promise<void> {
  const entries = await mila.statement(memberId)
  const references = entries.map(({ reference }) => reference)
  assert.equal(new Set(references).size, references.length, what)
  const side = (account: string) => (["pending", "available", "held", "owed"].includes(account) ? 1 : 0)
  let sum = 0
  for (const { postings } of entries) {
    for (const { source, target, points } of postings) sum += points * (side(target) - side(source))
  }
  const { pending, available, held, owed } = await mila.balance(memberId)
  assert.equal(pending + available + held - owed, sum, what)
}

const pause = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms))
