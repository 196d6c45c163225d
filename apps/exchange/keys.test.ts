import { USUAL_RULES } from "@mila/exchange"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction, simulatedClock } from "@mila/kernel"
import { changePermissions, createKey, leave } from "@mila/staff"
import { aStaffMember } from "@mila/staff/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { TextDecoder } from "node:util"
import { exchangeDoor } from "./index.ts"

const clock = simulatedClock(new Date("2026-11-23T09:00:00Z"))
const warned: object[] = []
let own: OwnDb
let door: ReturnType<typeof exchangeDoor>
before(async () => {
  own = await ownDb()
  const log = { info: () => undefined, warn: (details: object) => void warned.push(details), error: () => undefined }
  door = exchangeDoor({
    ...{ db: own.db, clock, log, isDemo: false, rules: USUAL_RULES, chunkBytes: 400 },
    ...{ publicUrl: "https://mila.example", shopName: "Мила", mayCall: () => true },
  })
})
after(() => own.drop())

async function told(response: Response): Promise<{ status: number; lines: string[] }> {
  const text = new TextDecoder("windows-1251").decode(await response.arrayBuffer())
  return { status: response.status, lines: text.trimEnd().split("\n") }
}

const basic = (password: string): Record<string, string> => ({ authorization: `Basic ${Buffer.from(`1c:${password}`).toString("base64")}` })

test("A12: 1C is not signed out after a quarter of an hour; left alone for weeks, or for a year in use, its key is over, and it is told why", async () => {
  const { staffId, machine, person } = await inTransaction(own.db, async (tx) => {
    const { staffId, key } = await aStaffMember(tx, { permissions: ["exchange.send"] })
    return { staffId, person: key, machine: (await createKey(tx, { staffId, label: "1C", kind: "machine", at: clock.now() })).key }
  })
  const checkauth = async (key: string) => told(await door.request("/exchange/1c?type=catalog&mode=checkauth", { headers: basic(key) }))
  const put = async (key: string) => {
    const headers = { authorization: `Bearer ${key}` }
    const response = await door.request("/exchange/files/goods.csv?source=lavka", { method: "PUT", body: "Код\n", headers })
    return [response.status, ((await response.json()) as { code: string }).code]
  }
  const grows = (column: string, by: string) =>
    own.owner.pool.query(`update staff.key set ${column} = ${column} - $2::interval where staff_id = $1`, [staffId, by])
  await grows("last_used_at", "1 day")
  assert.equal((await checkauth(machine)).lines[0], "success")
  assert.deepEqual([(await checkauth(person)).status, (await checkauth(person)).lines[0]], [401, "failure"])
  assert.deepEqual(await put(person), [401, "key_idle"])
  assert.deepEqual(warned, [])
  await grows("ends_at", "337 days")
  assert.equal((await checkauth(machine)).lines[0], "success")
  assert.deepEqual(Object.keys(warned[0]!), ["staffId", "keyId", "endsAt"], "somebody has thirty days to give it another one")
  await grows("last_used_at", "45 days")
  assert.match((await checkauth(machine)).lines[1]!, /слишком долго не пользовались/)
  await grows("ends_at", "29 days")
  assert.match((await checkauth(machine)).lines[1]!, /Срок этого ключа закончился/)
  assert.deepEqual(await put(machine), [401, "key_ended"])
})

test("A12: who may not send any more, or left, does not go on with the conversation either", async () => {
  const begins = async () => {
    const { staffId, key } = await inTransaction(own.db, (tx) => aStaffMember(tx, { permissions: ["exchange.send"] }))
    const { lines } = await told(await door.request("/exchange/1c?type=catalog&mode=checkauth", { headers: basic(key) }))
    const cookie = `${lines[1]}=${lines[2]}`
    const init = async () => (await told(await door.request("/exchange/1c?type=catalog&mode=init", { headers: { cookie } }))).status
    assert.equal(await init(), 200)
    return { staffId, init }
  }
  const [denied, left] = [await begins(), await begins()]
  await inTransaction(own.db, async (tx) => {
    await changePermissions(tx, { staffId: denied.staffId, permissions: [] })
    await leave(tx, { staffId: left.staffId, at: clock.now() })
  })
  assert.deepEqual([await denied.init(), await left.init()], [401, 401])
})
