import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { publishReview, reviewsWaiting } from "@mila/reviews"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { crc32 } from "node:zlib"
import sharp from "sharp"
import { buyersAt, TEXT } from "./buyers-testing.ts"
import { aWeb, type Visitor, type Web } from "./testing.ts"

let web: Web
let page: string
let aBuyer: () => Promise<Visitor>
before(async () => {
  web = await aWeb()
  ;({ page, aBuyer } = await buyersAt(web))
})
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

type Sent = { name?: string; type?: string; bytes: Buffer }

/** Writes a review with photos, as a browser sends them. */
async function write(browser: Visitor, photos: readonly Sent[]): Promise<Response> {
  const form = new FormData()
  for (const [name, value] of Object.entries({ act: "written", stars: "5", text: TEXT })) form.set(name, value)
  for (const { name = "photo.jpg", type = "image/jpeg", bytes } of photos)
    form.append("photos", new File([new Uint8Array(bytes)], name, { type }))
  const { body, headers } = new Response(form)
  const told = Buffer.from(await new Response(body).arrayBuffer())
  return browser.send(`${page}/reviews`, told as never, {
    ...{ origin: "https://mila.example", "sec-fetch-site": "same-origin" },
    ...{ "content-type": headers.get("content-type")!, "content-length": String(told.length) },
  })
}

const keptBytes = async (): Promise<Buffer[]> => {
  const { rows } = await web.own.owner.pool.query("select * from reviews.photo order by 1, 2")
  return rows.flatMap((row: Record<string, unknown>) => Object.values(row).filter((value): value is Buffer => Buffer.isBuffer(value)))
}
const photograph = (width = 400, height = 300) =>
  sharp({ create: { width, height, channels: 3, background: "#c86b93" } })
    .withExif({
      IFD0: { Make: "SecretPhone", Copyright: "Анна Петрова" },
      IFD3: { GPSLatitude: "53/1 54/1 0/1", GPSLongitude: "27/1 33/1 0/1" },
    })
    .jpeg()

test("A49: a photo with the place it was taken at, and a second format inside, is kept and shown without either, as a picture and nothing else", async () => {
  const browser = await aBuyer()
  const sent = await photograph().toBuffer()
  assert.ok(sent.includes("SecretPhone"))
  const script = '<script>alert("polyglot")</script><?php system($_GET[0]) ?>'
  const polyglot = Buffer.concat([sent, Buffer.from(script), Buffer.from("PK\u0003\u0004")])
  const name = '"><script>alert(1)</script>../../../x.php'
  assert.equal(
    (
      await write(browser, [
        { name, bytes: polyglot },
        { bytes: sent, type: "text/html" },
      ])
    ).status,
    302,
  )
  const kept = await keptBytes()
  assert.equal(kept.length, 2)
  for (const bytes of kept) {
    const { format, exif, xmp, iptc } = await sharp(bytes).metadata()
    assert.deepEqual([format, exif, xmp, iptc], ["webp", undefined, undefined, undefined])
    assert.doesNotMatch(bytes.toString("latin1"), /SecretPhone|GPS|script|php|PK\u0003\u0004/)
  }
  const [review] = await inTransaction(web.own.db, (tx) => reviewsWaiting(tx))
  await inTransaction(web.own.db, (tx) => publishReview(tx, { reviewId: review!.reviewId, at: web.clock.now(), by: "staff:1" }))
  const shown = await web.visitor().get(`/reviews/${review!.reviewId}/photo/0`)
  assert.deepEqual([shown.headers.get("content-type"), shown.headers.get("x-content-type-options")], ["image/webp", "nosniff"])
  assert.match(shown.headers.get("content-security-policy") ?? "", /default-src 'none'/)
  const html = await (await web.visitor().get(`${page}/reviews`)).text()
  assert.doesNotMatch(html, /alert\(1\)|x\.php/, "the file's own name is nowhere")
})

test("A49: an SVG, 50,000 × 50,000 points, a file of thirty megabytes, half a file and no file at all are refused, whatever they say they are; nothing is kept", async () => {
  const browser = await aBuyer()
  const before = (await keptBytes()).length
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script><image href="file:///etc/passwd"/></svg>'
  const whole = await photograph().toBuffer()
  const refused: Record<string, Sent> = {
    svg: { name: "photo.svg", type: "image/svg+xml", bytes: Buffer.from(svg) },
    "an svg that says it is a jpeg": { bytes: Buffer.from(`<?xml version="1.0"?>${svg}`) },
    "50,000 × 50,000": { name: "bomb.png", type: "image/png", bytes: await wide(50_000) },
    "30 MB": { bytes: Buffer.concat([whole, Buffer.alloc(30_000_000)]) },
    half: { bytes: whole.subarray(0, whole.length / 2) },
    html: { bytes: Buffer.from("<html><script>alert(1)</script>") },
    pdf: { type: "application/pdf", bytes: Buffer.from("%PDF-1.7\n%âãÏÓ\n1 0 obj") },
  }
  for (const [what, photo] of Object.entries(refused)) {
    const answer = await write(browser, [photo])
    assert.ok([413, 415, 422].includes(answer.status), `${what}: ${answer.status}`)
  }
  assert.equal(
    (
      await write(
        browser,
        Array.from({ length: 5 }, () => ({ bytes: whole })),
      )
    ).status,
    422,
    "five are one too many",
  )
  assert.equal((await keptBytes()).length, before)
})

/** A PNG whose head says so many points, though there is next to nothing in it: what it would need is told by its head. */
async function wide(side: number): Promise<Buffer> {
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#fff" } })
    .png()
    .toBuffer()
  png.writeUInt32BE(side, 16)
  png.writeUInt32BE(side, 20)
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  return png
}
