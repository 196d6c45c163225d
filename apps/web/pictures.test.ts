import { shotOf } from "@mila/catalog"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction, simulatedClock } from "@mila/kernel"
import { keepPicture, madeAnew } from "@mila/media"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import sharp from "sharp"
import { pictures } from "./pictures.ts"

const at = new Date("2026-11-02T09:00:00Z")
let own: OwnDb
before(async () => void (own = await ownDb()))
after(() => own.drop())

test("A49: a photograph comes in the form the browser takes, in the widths there are, kept for ever and never guessed at; other addresses are nothing", async () => {
  const door = pictures({ db: own.db, clock: simulatedClock(at) })
  const sent = await sharp({ create: { width: 700, height: 350, channels: 3, background: "#204060" } })
    .png()
    .toBuffer()
  const kept = await inTransaction(own.db, async (tx) => keepPicture(tx, await madeAnew(sent), { at }))
  const shot = shotOf(kept, "")
  assert.deepEqual([shot.width, shot.height], [700, 350])
  assert.match(shot.srcSet!, /-120 120w, .*-240 240w, .*-480 480w, .*-800 700w$/)
  const forms: Readonly<Record<string, string>> = {
    "image/avif,image/webp,*/*": "image/avif",
    "image/webp,*/*": "image/webp",
    "*/*": "image/jpeg",
  }
  for (const [accept, type] of Object.entries(forms)) {
    for (const [address, width] of shot.srcSet!.split(", ").map((one) => one.split(" "))) {
      const answer = await door.request(address!, { headers: { accept } })
      assert.deepEqual([answer.status, answer.headers.get("content-type"), answer.headers.get("vary")], [200, type, "accept"])
      assert.deepEqual(
        [answer.headers.get("x-content-type-options"), answer.headers.get("cache-control")],
        ["nosniff", "public, max-age=31536000, immutable"],
      )
      assert.equal(`${(await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).width}w`, width)
    }
  }
  const jpeg = await door.request(`/pictures/kept/${kept.kept}-1200.jpg`, { headers: { accept: "image/avif" } })
  assert.equal(jpeg.headers.get("content-type"), "image/jpeg")
  for (const wrong of [`${kept.kept}-333`, `${"0".repeat(32)}-480`, `${kept.kept}-480.php`, "..%2f..%2fetc%2fpasswd", kept.kept])
    assert.equal((await door.request(`/pictures/kept/${wrong}`)).status, 404, wrong)
})
