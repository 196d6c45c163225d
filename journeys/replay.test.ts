import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { milaUnderTest } from "./adapter.ts"
import { SETS, sharedData } from "./replay-data.ts"
import { outlive, replay } from "./replay-life.ts"

const set = SETS[0]!
const file = join(sharedData(), set.file)
const skip = existsSync(file) ? false : `${file} is not there (MILA_SHARED_DATA names another folder)`

test("a few real holders' points live to their end: earned, available, redeemed, reminded of, expired, none lost", { skip }, async () => {
  const mila = await milaUnderTest()
  try {
    await outlive(mila)
    const purchases = await set.read(file)
    const holders = new Set(purchases.filter(({ wished }) => wished > 0).map(({ holder }) => holder))
    const some = new Set([...holders].slice(0, 8))
    const played = await replay(
      mila,
      purchases.filter(({ holder }) => some.has(holder)),
      { firstTill: 10, step: 4 },
    )
    assert.deepEqual([played.holders, played.findings, played.quarantined, played.left, played.owed], [8, 0, 0, 0, 0])
    assert.ok(played.receipts > 50 && played.earned > 0 && played.redeemed > 0 && played.expired > 0, JSON.stringify(played))
    assert.equal(played.activated, played.earned)
    assert.equal(played.redeemed + played.expired + played.takenBack, played.earned)
    assert.ok(played.remindedPoints >= played.expired, "nothing expired that nobody was told of")
  } finally {
    await mila.stop()
  }
})

test("without the receipts, or asked for a set nobody knows, the replay says what is missing and starts nothing", () => {
  const run = (words: string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [join(import.meta.dirname, "replay.ts"), ...words], { encoding: "utf8", env: { ...process.env, ...env } })
  const absent = run([], { MILA_SHARED_DATA: join(tmpdir(), "mila-nowhere") })
  assert.equal(absent.status, 2)
  assert.match(absent.stderr, /no receipts to replay: .*mila-nowhere.* is not there/)
  const unknown = run(["x6"])
  assert.deepEqual([unknown.status, unknown.stderr.includes("complete-journey")], [2, true])
  assert.equal(run(["--help"]).status, 0)
})
