// Goods from 1C through the real door, imported by a worker in a process of its own: a gigabyte's memory, a chain's goods and stock beside working tills, how
// soon a price is seen, a price list of a million rows, and eleven million counts shop by shop. BENCH_PARTS says which, by commas.
import { inTransaction } from "@mila/kernel"
import { createKey, employ } from "@mila/staff"
import { execFileSync } from "node:child_process"
import { createReadStream, readFileSync, rmSync, statSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { Readable } from "node:stream"
import { setTimeout as wait } from "node:timers/promises"
import { ZipFile } from "yazl"
import { doorsOf, makeChain, tillDoorOf } from "./chain.ts"
import { importXml, inBuffers, offersXml, restsXml, sheetCsv, sheetParts } from "./exchange-files.ts"
import { atPace, type Load } from "./load.ts"
import { oneC, sendWhole } from "./one-c.ts"
import { Purchases } from "./purchases.ts"
import { benchServer, median } from "./server.ts"
import { openLine, type Wired } from "./wire.ts"

const whole = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)
const PARTS = new Set((process.env["BENCH_PARTS"] ?? "goods,price,gigabyte,sheets,rests").split(","))
const ROUNDS = whole("BENCH_ROUNDS", 3)
const GOODS = whole("BENCH_GOODS", 20_000)
const EACH = whole("BENCH_EACH", 2_000)
const MEGABYTES = whole("BENCH_MB", 1_024)
const ROWS = whole("BENCH_ROWS", 1_000_000)
const DRY = process.env["BENCH_DRY"] !== "0"
const PER_SECOND = 100 // the chain's peak hour
const say = (figures: object) => console.log(JSON.stringify(figures))
const since = (began: number): number => Number(((performance.now() - began) / 1000).toFixed(1))

const server = await benchServer()
const chain = await makeChain(server, { members: whole("BENCH_MEMBERS", 2_000), tills: 512 })
const { rows } = await server.owner.query<{ code: string }>("select code from shops.shop order by code limit 550")
const places = rows.map(({ code }) => code)
const key = await inTransaction(server.db, async (tx) => {
  const { staffId } = await employ(tx, { name: "1C", permissions: ["exchange.send"], memberId: null, at: new Date() })
  return (await createKey(tx, { staffId, label: "1C", kind: "machine", at: new Date() })).key
})
const door = await doorsOf(server, "exchange")
const worker = await doorsOf(server, "worker")
const url = `http://127.0.0.1:${door.port}`

if (PARTS.has("goods")) await goodsBesideTills()
if (PARTS.has("price")) await aPriceSeen()
if (PARTS.has("gigabyte")) for (const zipped of [false, true]) await aGigabyte(zipped)
if (PARTS.has("sheets")) for (const form of ["csv", "xlsx"] as const) await aSheet(form)
if (PARTS.has("rests")) await restsByShop()
await Promise.all([door.stop(), worker.stop()])
await server.stop()

/** 20,000 goods with two prices and 550 × 2,000 counts, while tills confirm receipts as in the chain's peak hour; PostgreSQL's COPY of as many rows as the reference. */
async function goodsBesideTills(): Promise<void> {
  const tills = await tillDoorOf(server)
  const lines = await Promise.all(Array.from({ length: 64 }, () => openLine(tills.port)))
  const purchases = new Purchases(chain)
  const requests = async (): Promise<Wired[]> => purchases.receipts(PER_SECOND * 240)
  const beside = (requests: Wired[], until: Promise<unknown>): Promise<Load> => {
    let over = false
    void until.finally(() => (over = true))
    return atPace(lines, requests, { perSecond: PER_SECOND, seconds: 240, isOver: () => over })
  }
  await beside(await requests(), wait(10_000)) // plans, caches and compiled code
  await write("import.xml", importXml(GOODS))
  for (let round = 0; round < ROUNDS; round += 1) {
    await write("offers.xml", offersXml(GOODS, { stock: { places, each: EACH }, dearer: round }))
    const copy = await copied(GOODS, places.length * EACH)
    await server.owner.query("checkpoint") // a running system has journal files to use again; a new one makes each, and every till waits
    const [first, second] = [await requests(), await requests()]
    const before = await beside(first, wait(15_000))
    const began = performance.now()
    const imported = everything().then(() => since(began))
    const [during, seconds] = await Promise.all([beside(second, imported), imported])
    say({
      measure: "goods",
      round,
      goods: GOODS,
      counts: await stockRows(),
      seconds,
      copy,
      tills: { before, during },
      ...peaks(),
    })
  }
  for (const line of lines) line.close()
  await tills.stop()
}

/** As many rows of the same columns, copied into tables without an index, in one transaction each. */
async function copied(goods: number, counts: number): Promise<number> {
  const client = await server.owner.connect()
  try {
    await client.query("create table public.copy_goods (id text, name text, text text, price bigint, card bigint)")
    await client.query("create table public.copy_stock (place smallint, product int, quantity int, at timestamptz)")
    const file = `${server.dir}/copy`
    await client.query(
      `copy (select 'bench-' || no, 'Крем для рук № ' || no, repeat('Лёгкая текстура ', 25), 100 + no, 90 + no from generate_series(1, ${goods}) no) to '${file}.goods'`,
    )
    await client.query(`copy (select no % 550, no / 550, no % 40, now() from generate_series(1, ${counts}) no) to '${file}.stock'`)
    const began = performance.now()
    await client.query(`copy public.copy_goods from '${file}.goods'`)
    await client.query(`copy public.copy_stock from '${file}.stock'`)
    const seconds = Number(((performance.now() - began) / 1000).toFixed(2))
    await client.query("drop table public.copy_goods, public.copy_stock") // nobody vacuums them later, and
    for (const part of ["goods", "stock"]) rmSync(`${file}.${part}`)
    execFileSync("sync") // what was written so far is no burden to what comes
    return seconds
  } finally {
    client.release()
  }
}

async function stockRows(): Promise<number> {
  const { rows } = await server.owner.query<{ rows: number }>(
    "select count(*)::int rows from catalog.stock join catalog.product on product.no = stock.product where sku like 'bench-%'",
  )
  return rows[0]!.rows
}

/** From when 1C begins to speak until both doors say the new price. */
async function aPriceSeen(): Promise<void> {
  const shop = await doorsOf(server, "shop")
  const api = `http://127.0.0.1:${shop.port}/api/v1`
  if (!PARTS.has("goods")) await goodsAlone()
  const { rows } = await server.owner.query<{ ean: string }>("select ean from catalog.barcode where sku = 'bench-000007'")
  const { ean } = rows[0]!
  const asked = { search: [] as number[], prices: [] as number[] }
  for (let round = -1; round < 9; round += 1) {
    const wanted = 150 + ((7 * 7_919) % 9_000) + 1_001 + round
    const began = performance.now()
    const seen = (path: string, isThere: (body: any) => boolean) =>
      untilSeen(`${api}${path}`, isThere).then(() => performance.now() - began)
    const both = Promise.all([
      seen(`/search?q=${ean}`, ({ items }) => JSON.stringify(items).includes(String(wanted))),
      seen(`/prices/${ean}`, (body) => JSON.stringify(body).includes(String(wanted))),
    ])
    const c = await oneC(url, key)
    await c.send("prices.xml", inBuffers(offersXml(1, { from: 7, dearer: 1_001 + round })))
    await c.import("prices.xml")
    const [search, prices] = await both
    if (round < 0) continue // its doors have just opened
    asked.search.push(search)
    asked.prices.push(prices)
  }
  const told = (millis: number[]) => ({
    median: Math.round(median(millis)),
    worst: Math.round(Math.max(...millis)),
    each: millis.map(Math.round),
  })
  say({ measure: "a price seen, ms", search: told(asked.search), prices: told(asked.prices) })
  await shop.stop()
}

async function untilSeen(address: string, isThere: (body: any) => boolean): Promise<void> {
  for (const deadline = performance.now() + 60_000; performance.now() < deadline; await wait(10)) {
    const response = await fetch(address)
    if (response.ok && isThere(await response.json())) return
  }
  throw new Error(`${address} never showed it`)
}

/** Goods, then prices and counts, as they were written. */
async function everything(): Promise<void> {
  const c = await oneC(url, key)
  for (const name of ["import.xml", "offers.xml"]) {
    await c.send(name, createReadStream(`${server.dir}/${name}`, { highWaterMark: 1_048_576 }))
    await c.import(name)
  }
}

async function goodsAlone(): Promise<void> {
  await write("import.xml", importXml(GOODS))
  await write("offers.xml", offersXml(GOODS))
  await everything()
}

/** Written beforehand, so that making a file costs the load nothing. */
async function write(name: string, text: Iterable<string>): Promise<void> {
  await writeFile(`${server.dir}/${name}`, inBuffers(text))
}

/** A gigabyte: two thirds of it things with long texts, the rest prices and counts in forty shops; in pieces, and in one archive. */
async function aGigabyte(zipped: boolean): Promise<void> {
  const goods = Math.round((MEGABYTES * 0.65 * 1_048_576) / 7_400)
  const kept = { places: places.slice(0, 40), each: goods }
  const files = { "import.xml": () => importXml(goods, { textBytes: 6_600 }), "offers.xml": () => offersXml(goods, { stock: kept }) }
  await Promise.all([door.restart(), worker.restart()]) // the peak is counted from a fresh process
  const c = await oneC(url, key)
  const began = performance.now()
  let bytes = 0
  if (zipped) bytes = await c.send("goods.zip", zipOf(files))
  else for (const [name, text] of Object.entries(files)) bytes += await c.send(name, inBuffers(text()))
  const sentIn = since(began)
  for (const name of Object.keys(files)) await c.import(name)
  const megabytes = Math.round(bytes / 1_048_576)
  say({ measure: zipped ? "a gigabyte, zipped" : "a gigabyte", megabytes, goods, sentIn, seconds: since(began), ...peaks() })
}

function zipOf(files: Readonly<Record<string, () => Iterable<string>>>): AsyncIterable<Buffer> {
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(files)) zip.addReadStream(Readable.from(inBuffers(text()), { objectMode: false }), name)
  zip.end()
  return zip.outputStream as Readable
}

/** A price list of a million things, never seen before: read, staged and judged, which is where memory could grow; BENCH_DRY=0 brings it into the catalogue, too. */
async function aSheet(form: "csv" | "xlsx"): Promise<void> {
  const file = `${server.dir}/list.${form}`
  await writeFile(file, form === "csv" ? inBuffers(sheetCsv(ROWS)) : zipOf(sheetParts(ROWS)))
  await Promise.all([door.restart(), worker.restart()])
  const { sentIn, seconds, records } = await sendWhole(url, { key, file, source: `list-${form}`, dry: DRY })
  const megabytes = Math.round(statSync(file).size / 1_048_576)
  say({ measure: `a sheet, ${form}`, megabytes, rows: ROWS, dry: DRY, records, sentIn, seconds, ...peaks() })
}

/** Every shop's file of all its goods, one after the other, as 1C sends rests: 550 × 20,000 counts. */
async function restsByShop(): Promise<void> {
  await goodsAlone()
  const seconds: number[] = []
  const began = performance.now()
  const c = await oneC(url, key)
  for (const place of places) {
    const from = performance.now()
    await c.send("rests.xml", inBuffers(restsXml(place, GOODS)))
    await c.import("rests.xml")
    seconds.push((performance.now() - from) / 1000)
  }
  const rows = await stockRows()
  const all = since(began)
  say({ measure: "rests", shops: places.length, rows, seconds: all, perSecond: Math.round(rows / all), aShop: median(seconds), ...peaks() })
}

/** Peak resident memory since each process began, MiB (VmHWM of proc(5)): the door's, and of those that import the greatest. */
function peaks(): { peakMiB: { door: number; imports: number } } {
  const children = readFileSync(`/proc/${worker.pid}/task/${worker.pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number)
  return { peakMiB: { door: peakOf(door.pid), imports: Math.max(0, ...children.map(peakOf)) } }
}

function peakOf(pid: number): number {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024)
}
