import { USUAL_RULES } from "@mila/exchange"
import { COMMERCEML_209, faultsByCommerceMl, ran } from "@mila/exchange/testing"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction, simulatedClock } from "@mila/kernel"
import { aStaffMember } from "@mila/staff/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { TextDecoder } from "node:util"
import { exchangeDoor } from "./index.ts"

const clock = simulatedClock(new Date("2026-11-23T22:30:05Z"))
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }
let own: OwnDb
let ask: (query: string, init?: RequestInit) => Promise<Response>

before(async () => {
  own = await ownDb()
  const door = exchangeDoor({
    ...{
      db: own.db,
      clock,
      log: SILENT,
      isDemo: false,
      rules: USUAL_RULES,
      chunkBytes: 4_000,
      publicUrl: "https://mila.example",
      shopName: "Мила",
    },
    mayCall: () => true,
  })
  const { key } = await inTransaction(own.db, (tx) => aStaffMember(tx, { permissions: ["exchange.send"] }))
  const authorization = `Basic ${Buffer.from(`1c:${key}`).toString("base64")}`
  const checked = await textOf(await door.request("/exchange/1c?type=sale&mode=checkauth", { headers: { authorization } }))
  const [, name, value, sessid] = checked.split("\n")
  const headers = { cookie: `${name}=${value}` }
  ask = async (query, init = {}) => door.request(`/exchange/1c?type=sale&${query}&${sessid}`, { ...init, headers })
})
after(() => own.drop())

const textOf = async (answer: Response): Promise<string> => new TextDecoder("windows-1251").decode(await answer.arrayBuffer()).trimEnd()

test("orders: none are told while the shop takes none on the web, at the hour of the shop's clocks, whichever day it is in Greenwich", async () => {
  const answer = await ask("mode=query")
  assert.deepEqual([answer.status, answer.headers.get("content-type")], [200, "application/xml; charset=windows-1251"])
  assert.match(
    await textOf(answer),
    /^<\?xml version="1.0" encoding="windows-1251"\?>\n<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.10" ДатаФормирования="2026-11-24T01:\d\d:\d\d"><\/КоммерческаяИнформация>$/,
  )
  assert.equal(await textOf(await ask("mode=success")), "success")
})

test("what 1C says of orders that are not ours is laid aside, and its exchange goes on", async () => {
  const order = "<Документ><Ид>7</Ид><Номер>7</Номер><ХозОперация>Заказ товара</ХозОперация></Документ>"
  const body = `<КоммерческаяИнформация ВерсияСхемы="2.10">${order}</КоммерческаяИнформация>`
  assert.equal(await textOf(await ask("mode=file&filename=documents.xml", { method: "POST", body })), "success")
  assert.match(await textOf(await ask("mode=import&filename=documents.xml")), /^progress/)
  await ran(own.db, { at: clock.now() })
  assert.match(await textOf(await ask("mode=import&filename=documents.xml")), /^success\n.*не принято 1; .*загрузка \d+$/)
})

test("who sets the exchange up is told what was wrong and what there is instead", async () => {
  const told = async (query: string, init?: RequestInit): Promise<string> => (await textOf(await ask(query, init))).split("\n")[1]!
  assert.equal(
    await told(`mode=${encodeURIComponent("imports\n<b>")}`),
    "Неизвестный шаг обмена (mode): «imports??b?»; у sale есть checkauth, init, file, import, query, success",
  )
  assert.equal(await told("mode=file&filename=import.xml"), "Шаг file — это запрос POST, а пришёл GET")
  assert.equal(await told("mode=init", { method: "POST", body: "" }), "Шаг init — это запрос GET, а пришёл POST")
  assert.equal(await told("mode=import&filename=prices.xml"), "Такого файла не присылали, или он уже удалён (prices.xml)")
})

test(
  "what 1C is told of orders holds to CommerceML 2.09, to a parser that is not ours",
  { skip: COMMERCEML_209 ? false : "set MILA_SHARED_DATA to a folder with commerceml/CML209.xsd" },
  async () => {
    const text = (await textOf(await ask("mode=query"))).replace("windows-1251", "UTF-8") // that parser knows UTF-8 alone
    assert.deepEqual(await faultsByCommerceMl(text), [])
    const broken = text.replace(/"2026-[^"]+"/, '"23.11.2026"')
    assert.notEqual(broken, text)
    assert.notDeepEqual(await faultsByCommerceMl(broken), [], "and the schema sees what is wrong")
  },
)
