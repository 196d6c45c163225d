import { groupByCode } from "@mila/catalog"
import { USUAL_RULES } from "@mila/exchange"
import { ran } from "@mila/exchange/testing"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction, simulatedClock } from "@mila/kernel"
import { aStaffMember } from "@mila/staff/testing"
import { Hono } from "hono"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { exchangeDoor } from "./index.ts"

const clock = simulatedClock(new Date("2026-11-23T09:00:00Z"))
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }
let own: OwnDb
let door: Hono<{ Variables: { clientAddress: string } }>
let key: string
let otherKey: string

before(async () => {
  own = await ownDb()
  door = new Hono<{ Variables: { clientAddress: string } }>()
  door.use("*", (c, next) => (c.set("clientAddress", c.req.header("x-from") ?? ""), next()))
  const behind = exchangeDoor({
    ...{ db: own.db, clock, log: SILENT, isDemo: false, chunkBytes: 1_000, publicUrl: "https://mila.example", shopName: "Мила" },
    rules: { ...USUAL_RULES, mostFileBytes: 100_000 },
    mayCall: (address) => address !== "203.0.113.9",
  })
  door.route("/", behind)
  await inTransaction(own.db, async (tx) => {
    key = (await aStaffMember(tx, { permissions: ["exchange.send"] })).key
    otherKey = (await aStaffMember(tx, { permissions: ["imports.read"] })).key
  })
})
after(() => own.drop())

const put = async (path: string, body: string, headers: Record<string, string> = {}): Promise<{ status: number; body: any }> => {
  const response = await door.request(`/exchange/files/${path}`, {
    method: "PUT",
    body,
    headers: { authorization: `Bearer ${key}`, ...headers },
  })
  return { status: response.status, body: await response.json().catch(() => null) }
}
const importOf = async (id: number): Promise<any> =>
  (await door.request(`/exchange/imports/${id}`, { headers: { authorization: `Bearer ${key}` } })).json()

const CSV = "Код;Наименование;Цена\np-1;Мыло;2,50\np-2;Крем;нет\n"

test("a sheet is sent by one request, tried dry, then imported; whoever sent it sees how far it is and what was laid aside", async () => {
  const dry = await put("goods.csv?source=lavka&dry_run=1", CSV)
  assert.equal(dry.status, 202)
  await ran(own.db, { at: clock.now() })
  const tried = await importOf(dry.body.import)
  assert.deepEqual(
    [tried.state, tried.diff.goods.new, tried.quarantine[0].line, tried.quarantine[0].reason],
    ["done", 2, 3, "number_invalid"],
  )
  const pageOf = (code: string) => inTransaction(own.db, (tx) => groupByCode(tx, { code, at: clock.now() }))
  assert.equal(await pageOf("p-1"), undefined)
  const real = await put("goods.csv?source=lavka&whole=1", CSV)
  await ran(own.db, { at: clock.now() })
  assert.equal((await importOf(real.body.import)).state, "done")
  assert.equal((await pageOf("p-1"))?.variants[0]?.price.regularMinor, 250)
})

test("A47: files are taken from who may send them, from where they may, under names and sizes that are allowed", async () => {
  assert.equal((await put("goods.csv?source=lavka", CSV, { authorization: "" })).status, 401)
  assert.equal((await put("goods.csv?source=lavka", CSV, { authorization: `Bearer ${otherKey}` })).status, 403)
  assert.equal((await put("goods.csv?source=lavka", CSV, { "x-from": "203.0.113.9" })).status, 403)
  assert.equal((await put("goods.csv?source=../x", CSV)).status, 400)
  assert.equal((await put("goods.php?source=lavka", CSV)).status, 422)
  assert.equal((await put("picture.jpg?source=lavka", CSV)).status, 422)
  assert.equal((await put("goods.csv?source=lavka", "x".repeat(200_000))).status, 413)
  const checkauth = { headers: { authorization: `Basic ${Buffer.from(`1c:${key}`).toString("base64")}`, "x-from": "203.0.113.9" } }
  assert.equal((await door.request("/exchange/1c?type=catalog&mode=checkauth", checkauth)).status, 403)
})

test("the feed of a zone is for everybody; a zone nobody has is not there", async () => {
  const feed = await door.request("/feeds/yml/main.xml")
  assert.deepEqual([feed.status, feed.headers.get("content-type")], [200, "application/xml; charset=utf-8"])
  const text = await feed.text()
  assert.match(text, /<vendorCode>p-1<\/vendorCode>\n<url>https:\/\/mila\.example\/p\/mylo<\/url>\n<price>2\.50<\/price>/)
  assert.match(text, /<\/yml_catalog>\n$/)
  for (const zone of ["mars", "..", "main%00"]) assert.equal((await door.request(`/feeds/yml/${zone}.xml`)).status, 404, zone)
})
