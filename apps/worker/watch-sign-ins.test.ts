import { inTransaction, simulatedClock } from "@mila/kernel"
import { makeCode, type SignInWatch, tryCode } from "@mila/members"
import { aPhone } from "@mila/members/testing"
import { closeTestDatabases, ownDb } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { signInWatcher } from "./watch-sign-ins.ts"

after(closeTestDatabases)

test("A05: while codes are asked for and not used an alarm stands in the figures, and in the log once when it begins and once when it ends", async () => {
  const { db, drop } = await ownDb()
  const clock = simulatedClock(new Date("2026-11-23T09:00:00Z"))
  const forward = (minutes: number) => clock.moveTo(new Date(clock.now().getTime() + minutes * 60_000))
  const logged: [string, unknown][] = []
  const keep = (level: string) => (details: object) => void logged.push([level, (details as { alarm?: string }).alarm])
  const told: SignInWatch[] = []
  const look = signInWatcher({
    ...{ db, clock, signIns: (watch) => void told.push(watch) },
    log: { debug: keep("debug"), info: keep("info"), warn: keep("warn"), error: keep("error") },
  })
  const send = async (count: number, { used }: { used: boolean }) => {
    for (let nth = 0; nth < count; nth += 1)
      await inTransaction(db, async (tx) => {
        const asked = { purpose: "sign_in", address: aPhone(), lane: null, ip: `10.${count}.${nth}.7`, at: clock.now() } as const
        const made = await makeCode(tx, asked)
        assert.ok("code" in made)
        if (used) await tryCode(tx, { ...made, purpose: "sign_in", at: clock.now() })
      })
  }
  await send(20, { used: true })
  await look()
  await send(41, { used: false })
  forward(4)
  await look()
  await look()
  assert.deepEqual(logged, [["error", "codes_unused"]])
  await send(21, { used: true })
  await look()
  await look()
  assert.deepEqual(logged, [
    ["error", "codes_unused"],
    ["info", "codes_unused"],
  ])
  assert.deepEqual(
    told.map(({ codesSent, codesUsed, pumping }) => [codesSent, codesUsed, pumping]),
    [
      [20, 20, false],
      [61, 20, true],
      [61, 20, true],
      [82, 41, false],
      [82, 41, false],
    ],
  )
  await drop()
})
