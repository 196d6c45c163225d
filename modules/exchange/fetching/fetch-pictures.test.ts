import { groupByCode } from "@mila/catalog"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import sharp from "sharp"
import { quarantineOf } from "../index.ts"
import { pictureHost } from "../stand-ins/picture-host.ts"
import { imported, picturesFetched } from "../testing.ts"
import { allowedTarget, isOpenAddress } from "./address-rules.ts"
import { OPEN_NETWORK } from "./reach.ts"

let own: OwnDb
let photograph: Buffer
const pages = new Map<string, number | Buffer | "silent" | "endless" | "elsewhere">()
let host: Awaited<ReturnType<typeof pictureHost>>
const begin = new Date("2026-11-02T09:00:00Z")
const after_ = (minutes: number): Date => new Date(begin.getTime() + minutes * 60_000)
const rules = { pictureHosts: { feed: ["cdn.example.by", "*.pics.example"] } }

before(async () => {
  own = await ownDb()
  photograph = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#a03050" } })
    .withExif({ IFD0: { Make: "SecretPhone" } })
    .jpeg()
    .toBuffer()
  host = await pictureHost((path, response) => {
    const page = pages.get(path) ?? 404
    if (page === "silent") return
    if (page === "endless") return void response.writeHead(200).write(Buffer.alloc(2_000))
    if (page === "elsewhere") return void response.writeHead(302, { location: "/a.jpg" }).end()
    if (typeof page === "number") return void response.writeHead(page).end()
    response.writeHead(200, { "content-type": "text/plain", etag: '"one"' }).end(page)
  })
})
after(async () => {
  await host.stop()
  await own.drop()
})

const feed = (offers: readonly (readonly [id: string, ...pictures: string[]])[]): string => {
  const told = offers.map(
    ([id, ...urls]) =>
      `<offer id="${id}"><name>Крем ${id}</name><price>10</price><currencyId>BYN</currencyId><categoryId>1</categoryId>${urls.map((url) => `<picture>${url}</picture>`).join("")}</offer>`,
  )
  return `<yml_catalog date="2026-11-02"><shop><currencies><currency id="BYN" rate="1"/></currencies><categories><category id="1">Уход</category></categories><offers>\n${told.join("\n")}\n</offers></shop></yml_catalog>`
}
const importFeed = async (offers: Parameters<typeof feed>[0], at = begin): Promise<number> =>
  (await imported(own.db, feed(offers), { source: "feed", name: "feed.xml", rules, at })).id
const asideOf = async (id: number) =>
  (await inTransaction(own.db, (tx) => quarantineOf(tx, { id }))).map(({ line, reason, thing, value }) => [line, reason, thing, value])
const picturesOf = async (code: string) =>
  [...(await inTransaction(own.db, (tx) => groupByCode(tx, { code, at: begin })))!.pictures].map((one) =>
    "kept" in one ? [one.width, one.height] : [],
  )
const fetch = (at: Date, wishes: Partial<typeof host.reach> = {}) =>
  picturesFetched(own.db, { rules, at, reach: { ...host.reach, ...wishes } })

test("a picture named by address is fetched after its import, made anew and shown; one that is kept is not asked for again, whoever names it", async () => {
  pages.set("/a.jpg?v=1", photograph)
  const id = await importFeed([["one", "https://cdn.example.by/a.jpg?v=1"]])
  assert.deepEqual([await picturesOf("one"), host.asked], [[], []], "an import waits for nobody's server")
  assert.deepEqual(await fetch(after_(1)), { fetched: 1 })
  assert.deepEqual(host.asked, [{ path: "/a.jpg?v=1", host: "cdn.example.by", ifNoneMatch: undefined }])
  assert.deepEqual(await picturesOf("one"), [[300, 200]])
  const { rows } = await own.owner.pool.query("select bytes from media.picture")
  assert.doesNotMatch((rows[0].bytes as Buffer).toString("latin1"), /SecretPhone/)
  await importFeed([
    ["one", "https://cdn.example.by/a.jpg?v=1"],
    ["two", "https://cdn.example.by/a.jpg?v=1"],
  ])
  assert.deepEqual(await picturesOf("two"), [[300, 200]])
  assert.deepEqual(await fetch(after_(2)), { fetched: 0 })
  assert.deepEqual(await asideOf(id), [])
})

test("after a month it is asked whether it is still the same, by its mark; a new one takes its place", async () => {
  const month = 31 * 24 * 60
  host.asked.length = 0
  pages.set("/a.jpg?v=1", 304)
  await importFeed([["one", "https://cdn.example.by/a.jpg?v=1"]], after_(month))
  await fetch(after_(month))
  assert.deepEqual([host.asked.map(({ ifNoneMatch }) => ifNoneMatch), await picturesOf("one")], [['"one"'], [[300, 200]]])
  pages.set(
    "/a.jpg?v=1",
    await sharp({ create: { width: 80, height: 90, channels: 3, background: "#102030" } })
      .png()
      .toBuffer(),
  )
  await importFeed([["one", "https://cdn.example.by/a.jpg?v=1"]], after_(2 * month))
  await fetch(after_(2 * month))
  assert.deepEqual(await picturesOf("one"), [[80, 90]])
})

test("what does not come is said with its line and why, is tried again later and less and less often, and is no fault once it came", async () => {
  const url = "https://cdn.example.by/late.jpg"
  const id = await importFeed([["first"], ["late", url]])
  pages.set("/late.jpg", 503)
  await fetch(after_(1))
  assert.deepEqual(await asideOf(id), [[3, "picture_not_fetched", "late", `HTTP 503: ${url}`]])
  assert.deepEqual(await fetch(after_(1.5)), { fetched: 0 })
  for (const minutes of [3, 14, 75, 436]) assert.deepEqual(await fetch(after_(minutes)), { fetched: 1 }, String(minutes))
  assert.deepEqual(await fetch(after_(20_000)), { fetched: 0 }, "given up")
  const again = await importFeed([["late", url]], after_(500))
  assert.deepEqual(await asideOf(again), [[2, "picture_not_fetched", "late", `HTTP 503: ${url}`]], "the next import tells it too")
  pages.set("/late.jpg", photograph)
  const next = await importFeed([["late", url]], after_(436 + 25 * 60))
  await fetch(after_(436 + 25 * 60))
  assert.deepEqual([await picturesOf("late"), await asideOf(next)], [[[300, 200]], []])
})

test("a redirect is not followed; what is no picture, too large or too slow is left out and named", async () => {
  const cases = [
    ["elsewhere", "elsewhere", "picture_not_fetched", "HTTP 302"],
    ["text", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "picture_unfit", null],
    ["silent", "silent", "picture_not_fetched", "too slow"],
    ["endless", "endless", "picture_not_fetched", "too large"],
  ] as const
  for (const [name, page, reason, why] of cases) {
    const url = `https://x.pics.example/${name}`
    pages.set(`/${name}`, page)
    const id = await importFeed([[name, url]])
    host.asked.length = 0
    await fetch(after_(1), { mostMs: name === "silent" ? 300 : 60_000, mostBytes: name === "endless" ? 1_000 : 100_000 })
    assert.deepEqual(await asideOf(id), [[2, reason, name, why === null ? url : `${why}: ${url}`]])
    assert.deepEqual([host.asked.map(({ path }) => path), await picturesOf(name)], [[`/${name}`], []])
  }
})

test("rule 24: only https, only the hosts a source is allowed; nothing else is even asked", async () => {
  host.asked.length = 0
  const closed = [
    "http://cdn.example.by/a.jpg",
    "https://cdn.example.by:8443/a.jpg",
    "https://me:secret@cdn.example.by/a.jpg",
    "https://evil.example/a.jpg",
    "https://cdn.example.by.evil.example/a.jpg",
    "https://pics.example/a.jpg",
    "https://127.0.0.1/a.jpg",
    "https://2130706433/a.jpg",
    "https://[::1]/a.jpg",
    "ftp://cdn.example.by/a.jpg",
    "file:///etc/passwd",
  ]
  for (const url of closed) assert.equal(allowedTarget(url, rules.pictureHosts.feed), undefined, url)
  assert.equal(allowedTarget("https://a.b.pics.example/x", rules.pictureHosts.feed)?.hostname, "a.b.pics.example")
  const id = await importFeed(closed.map((url, no) => [`c${no + 10}`, url] as const))
  assert.deepEqual(
    await asideOf(id),
    closed.map((url, no) => [no + 2, "picture_not_allowed", `c${no + 10}`, url.replace("me:secret@", "")]),
  )
  assert.deepEqual([await fetch(after_(1)), host.asked], [{ fetched: 0 }, []])
})

test("rule 24: a name that leads to this machine, a neighbour or a mapped address is not connected to, by one of its addresses as by all", async () => {
  const open = ["93.184.216.34", "2606:2800:220:1::1"]
  const closed = [
    ...["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255"],
    ...[
      "::1",
      "::",
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
      "64:ff9b::7f00:1",
      "fe80::1",
      "fe80::1%eth0",
      "fc00::1",
      "ff02::1",
      "2002:7f00:1::",
      "2001:db8::1",
    ],
    ...["localhost", "2130706433", "0x7f.1", ""],
  ]
  for (const address of open) assert.equal(isOpenAddress(address), true, address)
  for (const address of closed) assert.equal(isOpenAddress(address), false, address)
  assert.equal(OPEN_NETWORK.mayConnect, isOpenAddress)
  host.asked.length = 0
  const id = await importFeed([["inner", "https://inner.pics.example/a.jpg"]])
  await fetch(after_(1), { resolve: () => Promise.resolve(["93.184.216.34", "127.0.0.1"]), mayConnect: isOpenAddress })
  assert.deepEqual(await asideOf(id), [[2, "picture_not_fetched", "inner", "closed address: https://inner.pics.example/a.jpg"]])
  assert.deepEqual(host.asked, [])
})

test("the name is asked once and the connection goes where it said: what it says a moment later counts for nothing", async () => {
  let times = 0
  pages.set("/once.jpg", photograph)
  await importFeed([["once", "https://once.pics.example/once.jpg"]])
  await fetch(after_(1), { resolve: () => Promise.resolve((times += 1) === 1 ? ["127.0.0.1"] : ["10.0.0.1"]) })
  assert.deepEqual([times, await picturesOf("once")], [1, [[300, 200]]])
})

test("a picture that is no address and was never sent is said, too", async () => {
  const sheet = "Код;Наименование;Цена;Фото\nf1;Крем;5;cream.jpg\nf2;Мыло;5;https://cdn.example.by/s.jpg, https://cdn.example.by/t.jpg\n"
  pages.set("/s.jpg", photograph)
  pages.set("/t.jpg", photograph)
  const { id } = await imported(own.db, sheet, { source: "feed", name: "goods.csv", rules })
  assert.deepEqual(await asideOf(id), [[2, "picture_not_sent", "f1", "cream.jpg"]])
  assert.deepEqual(await fetch(after_(1)), { fetched: 2 })
  assert.equal((await picturesOf("f2")).length, 2)
})
