import assert from "node:assert/strict"
import { appendFileSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { type Fact, OfflineJournal } from "./offline-journal.ts"
import type { SteadyTill } from "./steady-till.ts"

const folder = mkdtempSync(join(tmpdir(), "mila-offline-"))
after(() => rmSync(folder, { recursive: true }))

let files = 0
const aFile = () => join(folder, `${(files += 1)}.journal`)
const sale = (number: number): Fact => ({ type: "sale", number })

type Batch = { key: string; items: Fact[] }

/** A line to a server that keeps what it got, and answers as long as it is told to. */
function aLine(answers: (batch: Batch) => boolean = () => true) {
  const got: Batch[] = []
  const till = {
    enrolled: { storeCode: "0001", tillNo: 1 },
    async post(_path: string, { items }: { items: Fact[] }, { key }: { key: string }) {
      got.push({ key, items })
      if (!answers({ key, items })) throw new Error("the line is cut")
      const results = items.map((item, index) => ({
        index,
        status: item["number"] === 13 ? "quarantined" : "accepted",
        receiptId: null,
        reasons: [],
      }))
      return { status: 200, body: { results } }
    },
  }
  return { got, till: till as unknown as SteadyTill }
}

test("what was kept is sent oldest first, five hundred at a time, and once", async () => {
  const journal = new OfflineJournal(aFile())
  for (let number = 1; number <= 501; number += 1) journal.keep(sale(number))
  const { got, till } = aLine()
  const told = await journal.drain(till)
  assert.deepEqual(
    got.map(({ items }) => items.length),
    [500, 1],
  )
  assert.deepEqual(
    told.map(({ fact }) => fact["number"]),
    Array.from({ length: 501 }, (_, place) => place + 1),
  )
  assert.equal(journal.waiting, 0)
  await journal.drain(till)
  assert.equal(got.length, 2)
})

test("a till that dies after sending sends the same batch under the same key when it lives again, and new facts in another", async () => {
  const file = aFile()
  const first = new OfflineJournal(file)
  first.keep(sale(1))
  first.keep(sale(2))
  const cut = aLine(() => false)
  await assert.rejects(first.drain(cut.till), /cut/)
  const second = new OfflineJournal(file)
  second.keep(sale(3))
  const { got, till } = aLine()
  await second.drain(till)
  assert.equal(got[0]!.key, cut.got[0]!.key)
  assert.deepEqual(
    got.map(({ items }) => items.map(({ number }) => number)),
    [[1, 2], [3]],
  )
  assert.equal(new OfflineJournal(file).waiting, 0)
})

test("a fact the server lays aside does not hold up the rest", async () => {
  const journal = new OfflineJournal(aFile())
  for (const number of [12, 13, 14]) journal.keep(sale(number))
  const told = await journal.drain(aLine().till)
  assert.deepEqual(
    told.map(({ result: { status } }) => status),
    ["accepted", "quarantined", "accepted"],
  )
})

test("a last line cut off by a power loss was never a fact; what stands before it is kept", () => {
  const file = aFile()
  new OfflineJournal(file).keep(sale(1))
  appendFileSync(file, '{"fact":{"type":"sale","num')
  const again = new OfflineJournal(file)
  assert.equal(again.waiting, 1)
  again.keep(sale(2))
  assert.equal(new OfflineJournal(file).waiting, 2)
})
