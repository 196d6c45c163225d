import { groupByCode } from "@mila/catalog"
import { imported, importXml, offersXml, picturesMade } from "@mila/exchange/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import sharp from "sharp"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
let groupNo: number
const at = new Date("2026-11-02T09:00:00Z")

before(async () => {
  office = await anOffice()
  await sell()
  groupNo = (await inTransaction(office.db, (tx) => groupByCode(tx, { code: "pic", at: new Date("2026-11-03") })))!.no
})
after(() => office.drop())

async function sell(pictures: readonly string[] = []): Promise<void> {
  const inner = pictures.map((name) => `<Картинка>${name}</Картинка>`).join("")
  await imported(office.db, importXml([{ id: "pic", name: "Крем", inner }]), { at })
  await imported(office.db, offersXml([{ id: "pic", prices: { r: "5" } }]), { at, name: "offers.xml" })
  await picturesMade(office.db, { at: new Date("2026-11-02T09:01:00Z") })
}

const photograph = async (width: number, height: number): Promise<string> =>
  (
    await sharp({ create: { width, height, channels: 3, background: "#a03050" } })
      .withExif({ IFD3: { GPSLatitudeRef: "N" } })
      .jpeg()
      .toBuffer()
  ).toString("base64")
const path = (): string => `/product-groups/${groupNo}/pictures`
const sizes = (body: any): unknown[] => body.pictures.map(({ width, height }: any) => [width, height])

test("staff add photographs, put them in order and take them off; what 1C sends waits behind them and comes back when they let go", async () => {
  assert.deepEqual((await office.ask("GET", path())).body, { chosen: false, pictures: [] })
  for (const [width, height] of [
    [300, 200],
    [100, 400],
    [300, 200],
  ] as const) {
    const added = await office.ask("POST", path(), { body: { picture: await photograph(width, height) } })
    assert.equal(added.status, 200, JSON.stringify(added.body))
  }
  const { body: two } = await office.ask("GET", path())
  assert.deepEqual(
    [two.chosen, sizes(two)],
    [
      true,
      [
        [100, 400],
        [300, 200],
      ],
    ],
    "the same one is added once",
  )
  assert.match(two.pictures[0].url, /^\/pictures\/kept\/[0-9a-f]{32}-1200\.jpg$/)
  const { body: turned } = await office.ask("PUT", path(), { body: { places: [1, 0, 1, 7] } })
  assert.deepEqual(sizes(turned), [
    [300, 200],
    [100, 400],
  ])
  const { body: one } = await office.ask("PUT", path(), { body: { places: [1] } })
  assert.deepEqual(sizes(one), [[100, 400]])

  const sent = Buffer.from(await photograph(50, 60), "base64")
  const { beginSession, receivePiece } = await import("@mila/exchange")
  await inTransaction(office.db, async (tx) => {
    const { session } = await beginSession(tx, { staffId: 1, at })
    await receivePiece(tx, { session, name: "import_files/p.jpg", bytes: sent, most: 1_000_000, at })
  })
  await sell(["import_files/p.jpg"])
  assert.deepEqual(sizes((await office.ask("GET", path())).body), [[100, 400]], "an import changes nothing staff chose")
  const { body: back } = await office.ask("DELETE", path())
  assert.deepEqual([back.chosen, sizes(back)], [false, [[50, 60]]])
  const { body: trail } = await office.ask("GET", `/audit?object=product-group:${groupNo}`)
  assert.deepEqual([...new Set(trail.entries.map(({ action }: { action: string }) => action))], ["catalog.pictures"])
})

test("A49: what is no photograph is refused in the reader's words, and nobody without the right adds one", async () => {
  const evil = [
    Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
    Buffer.from("GIF89a"),
    Buffer.from(await photograph(200, 200), "base64").subarray(0, 300),
  ]
  for (const bytes of evil) {
    const { status, body } = await office.ask("POST", path(), {
      body: { picture: bytes.toString("base64") },
      headers: { "accept-language": "be" },
    })
    assert.deepEqual([status, body.code], [422, "picture_unfit"])
    assert.match(JSON.stringify(body), /Гэта не фатаграфія/)
  }
  assert.equal((await office.ask("POST", path(), { body: { picture: "не base64" } })).status, 400)
  assert.equal(
    (await office.ask("POST", "/product-groups/999999/pictures", { body: { picture: await photograph(9, 9) } })).body.code,
    "product_group_not_found",
  )
  const { key } = await office.signIn(["catalog.read"])
  assert.equal((await office.ask("POST", path(), { body: { picture: await photograph(9, 9) }, key })).status, 403)
  assert.equal((await office.ask("GET", path(), { key })).status, 200)
})
