import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { openShops } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import { pathToFileURL } from "node:url"
import { failureText, type Import, importById, quarantineOf, repeatImport } from "./index.ts"
import { importXml, offersXml, ran, sent } from "./testing.ts"

let own: OwnDb
before(async () => {
  own = await ownDb()
  const shops = Array.from({ length: 12 }, (_, place) => aShop({ code: `K${place}` }))
  await inTransaction(own.db, (tx) => openShops(tx, { shops, at: new Date("2026-11-01") }))
})
after(() => own.drop())

const GOODS = 3_000

/** Everything in one file: goods, and after them their offers with prices and stock in twelve shops; one row of each kind is bad. */
function everything(): string {
  const ids = Array.from({ length: GOODS }, (_, place) => `kill-${place}`)
  const goods = importXml([...ids.map((id) => ({ id, name: `Крем ${id}` })), { id: "", name: "никакой" }])
  const stock = Object.fromEntries(Array.from({ length: 12 }, (_, place) => [`K${place}`, place + 1]))
  const shops = Object.keys(stock).map((code) => `<Склад><Ид>${code}</Ид><Наименование>${code}</Наименование></Склад>`)
  const offers = offersXml([...ids.map((id) => ({ id, prices: { r: "10" }, stock })), { id: "kill-none", prices: { r: "10" } }])
  const package_ = offers.slice(offers.indexOf("<ПакетПредложений"), offers.indexOf("</КоммерческаяИнформация>"))
  return goods.replace(
    "</КоммерческаяИнформация>",
    package_.replace("<Предложения>", `<Склады>${shops.join("")}</Склады><Предложения>`) + "</КоммерческаяИнформация>",
  )
}

/** A process of its own that runs imports, as a worker does. */
function aRunner({ heapMb }: { heapMb?: number } = {}): ChildProcess {
  const here = (path: string): string => JSON.stringify(pathToFileURL(join(import.meta.dirname, path)).href)
  const code = `
    const { connect, secretsFrom } = await import("@mila/kernel")
    const { runImports } = await import(${here("run-imports.ts")})
    const { USUAL_RULES } = await import(${here("import-rules.ts")})
    const db = connect({ url: process.env.TEST_URL, name: "runner", secrets: secretsFrom(Buffer.alloc(32, "tests")), max: 4, role: "mila_app" })
    await runImports(db, { rules: USUAL_RULES, now: () => new Date() })
    await db.close()`
  const heap = heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`]
  return spawn(process.execPath, [...heap, "--input-type=module", "-e", code], {
    cwd: import.meta.dirname,
    env: { ...process.env, TEST_URL: own.url },
    stdio: heapMb === undefined ? "inherit" : "ignore", // whoever dies of hunger says it at length
  })
}

/** Waits until the server has noticed that a runner died: while it still works at its last statement, the next would find its place taken. */
async function letGo(): Promise<void> {
  const held =
    "select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"
  while ((await own.owner.pool.query(held)).rows.length > 0) await wait(20)
}

/** Moments at which a runner is killed: in the middle of reading, of words and goods, of stock. */
const MOMENTS: Readonly<Record<string, (job: Import) => boolean>> = {
  reading: ({ state, position }) => state === "reading" && (position.record ?? 0) > 0,
  goods: ({ state, position }) => state === "applying" && (position.goods ?? 0) > 0 && (position.goods ?? 0) < GOODS,
  offers: ({ state, position }) => state === "applying" && (position.goods ?? 0) > GOODS,
  stock: ({ state, position }) => state === "applying" && position.warehouse !== undefined,
}

test("an import whose process is killed with -9, while it reads and while it applies, goes on where it stood and doubles nothing", async () => {
  const id = await sent(own.db, everything(), { at: new Date("2026-11-01") })
  const job = (): Promise<Import> => inTransaction(own.db, (tx) => importById(tx, id))
  const killed: string[] = []
  for (const [name, isNow] of Object.entries(MOMENTS)) {
    const runner = aRunner()
    const ended = once(runner, "exit")
    while (runner.exitCode === null && !isNow(await job())) await wait(1)
    if (runner.exitCode === null && runner.kill("SIGKILL")) killed.push(name)
    await ended
    await letGo()
    assert.equal((await job()).endedAt, null, `killed while ${name}`)
  }
  assert.deepEqual(killed, ["reading", "goods", "offers", "stock"])
  await ran(own.db, { at: new Date() })
  const done = await job()
  assert.deepEqual(
    [done.state, done.counts["records"], done.counts["facts"], done.counts["refused"], done.counts["warehouses"], done.counts["stock"]],
    ["done", 6_016, 6_015, 2, 12, GOODS * 12],
  )
  const rows = await inTransaction(own.db, (tx) => quarantineOf(tx, { id }))
  assert.deepEqual(
    rows.map(({ reason, thing }) => [reason, thing]),
    [
      ["id_missing", null],
      ["good_unknown", "kill-none"],
    ],
  )
  const { rows: counted } = await own.owner.pool.query(
    `select (select count(*) from catalog.product) as products, (select count(*) from catalog.price_change) as prices, (select count(*) from catalog.stock) as stock,
       (select sum(quantity_milli) from catalog.stock) as milli, (select count(*) from exchange.staged) as staged`,
  )
  assert.deepEqual(counted[0], { products: GOODS, prices: GOODS, stock: GOODS * 12, milli: GOODS * 78_000, staged: 0 })
})

test("an import its process has not the memory for is begun again a few times and then refused, with how far it came, and lets the next through", async () => {
  const plain = (id: string): { id: string; name: string } => ({ id, name: `Крем ${id}` })
  const many = Array.from({ length: 1_000 }, (_, place) => plain(`slim-${place}`))
  const heavy = await sent(own.db, importXml([...many, { ...plain("fat"), inner: "<a/>".repeat(190_000) }]), { at: new Date("2026-11-02") })
  const next = await sent(own.db, importXml([plain("after")]), { at: new Date("2026-11-02") })
  const job = (id: number): Promise<Import> => inTransaction(own.db, (tx) => importById(tx, id))
  const deaths: string[] = []
  for (let begun = 0; begun < 20 && (await job(next)).endedAt === null; begun += 1) {
    const [code, signal] = (await once(aRunner({ heapMb: 34 }), "exit")) as [number | null, string | null]
    if (code !== 0) deaths.push(signal ?? String(code))
    await wait(50)
  }
  const { state, failure } = await job(heavy)
  assert.deepEqual([state, failure?.code, failure?.["state"], failure?.["record"]], ["failed", "import_breaks_off", "reading", 1_000])
  assert.match(failureText(failure!.code, failure!, "ru"), /^Загрузка раз за разом обрывается на одном месте: .* \(после записи 1000\)$/)
  assert.ok(deaths.length > 0 && deaths.every((end) => end === "SIGABRT" || end === "134"), String(deaths))
  assert.equal((await job(next)).state, "done")
  const again = await inTransaction(own.db, (tx) => repeatImport(tx, { id: heavy, dryRun: false, by: 1, at: new Date("2026-11-02") }))
  await ran(own.db, { at: new Date("2026-11-02") })
  assert.equal((await job(again)).state, "done", "with memory enough it goes through")
})
