import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { addDays, type Day, dayIn, MINSK, points, type Tx } from "@mila/kernel"
import { adjust, hold, openPurses, post, type PostingRequest, settleDue } from "@mila/ledger"
import { aMember } from "@mila/members/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { statementPaper } from "./index.ts"

after(closeTestDatabases)

const at = new Date("2026-11-23T09:00:00Z")
const today = dayIn(MINSK, at)
const words = { chain: "Мила", sale: "Покупка", return: "Возврат" }

async function posted(tx: Tx, given: Partial<PostingRequest> & Pick<PostingRequest, "reference" | "memberId">): Promise<void> {
  const whole = { kind: "receipt", occurredAt: at, earn: [], redeem: points(0), holdId: null, shortage: "refuse", ...given } as const
  const [outcome] = await post(tx, [whole], { at })
  assert.equal(outcome?.status, "posted")
}

async function setAside(
  tx: Tx,
  { memberId, amount, reference }: { memberId: number; amount: number; reference: `${string}:${string}/held` },
) {
  const lapsesAt = new Date(at.getTime() + 60_000)
  return (await hold(tx, [{ reference, memberId, points: points(amount), lapsesAt }], { at }))[0]!
}

test("points set aside at a till are spent by the purchase that takes them, and by nothing else", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    await openPurses(tx, { memberIds: [memberId] })
    const earn = [{ line: 1, points: points(500), activatesOn: today, expiresOn: addDays(today, 180) }]
    await posted(tx, { reference: "receipt:a/settled", memberId, earn })
    const { holdId } = await setAside(tx, { memberId, amount: 120, reference: "redemption:b/held" })
    await posted(tx, { reference: "receipt:b/settled", memberId, redeem: points(100), holdId })
    const told = async () => {
      const { opening, closing, movements } = await statementPaper(tx, { memberId, words, locale: "ru", at })
      return [opening, ...movements.map(({ kind, points: moved, balance }) => `${kind} ${moved} ${balance}`), closing]
    }
    assert.deepEqual(await told(), [0, "earned 500 500", "spent -100 400", 400])
    await setAside(tx, { memberId, amount: 50, reference: "redemption:c/held" })
    assert.deepEqual(await told(), [0, "earned 500 500", "spent -100 400", "other -50 350", 350], "what still waits stands last")
  }))

test("what is put right by hand is neither earned nor spent", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    await openPurses(tx, { memberIds: [memberId] })
    const given = { reference: "adjustment:1/given", memberId, points: 30, expiresOn: addDays(today, 30), at, occurredAt: at } as const
    await adjust(tx, { ...given, shortage: "refuse" })
    const { movements } = await statementPaper(tx, { memberId, words, locale: "ru", at })
    assert.deepEqual(
      movements.map(({ kind, points: moved }) => `${kind} ${moved}`),
      ["other 30"],
    )
  }))

test("what awakes says which purchases it is of; what nobody bought is of none", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    await openPurses(tx, { memberIds: [memberId] })
    const lot = { line: 1, activatesOn: addDays(today, 14), expiresOn: addDays(today, 180) }
    const bought = (reference: PostingRequest["reference"], occurredAt: Date) =>
      posted(tx, { reference, memberId, occurredAt, earn: [{ ...lot, points: points(12) }] })
    await bought("receipt:a/settled", at)
    await bought("welcome:1/given", at)
    const texts = async (day: Day) => {
      await settleDue(tx, { today: day, most: 100, at })
      const { movements } = await statementPaper(tx, { memberId, words, locale: "ru", at })
      return movements.map(({ what }) => what).filter((what) => what.startsWith("Срок возврата"))
    }
    const one = "Срок возврата закончился, бонусы стали доступны: 24. За покупку 23.11.2026."
    assert.deepEqual(await texts(addDays(today, 14)), [one])
    await bought("receipt:b/settled", new Date(at.getTime() - 86_400_000))
    await bought("receipt:c/settled", at)
    assert.deepEqual((await texts(addDays(today, 15)))[1], one.replace("покупку 23", "покупки: 22.11.2026, 23"))
  }))
