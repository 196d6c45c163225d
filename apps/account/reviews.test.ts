import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { publishReview } from "@mila/reviews"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { crc32, deflateSync } from "node:zlib"
import { type Buyers, buyersAt } from "./buyers-testing.ts"
import { anAccount, type TestAccount } from "./testing.ts"

let account: TestAccount
let member: Buyers["member"]
let productId: number
before(async () => {
  account = await anAccount()
  ;({ member, productId } = await buyersAt(account))
})
after(async () => {
  await account.close()
  await closeTestDatabases()
})

test("favourites stand in lists, are shared by a link and watched; reviews are written by who bought and read by everybody", async () => {
  const { ask, buys } = await member()
  assert.equal((await ask("PUT", `/favourites/${productId}`)).status, 204)
  assert.equal((await ask("PUT", "/favourites/999999")).body.code, "product_group_not_found")
  const { body: made } = await ask("POST", "/favourites/lists", { name: "Маме" })
  const onList = `/favourites/lists/${made.listId}/items/${productId}`
  assert.equal((await ask("PUT", onList)).status, 204)
  assert.equal((await ask("PUT", `${onList}/watch`, { price: true, shop: null })).status, 204)
  const { body: shared } = await ask("PUT", `/favourites/lists/${made.listId}/link`)
  const { body: read } = await account.ask("GET", `/favourites/shared/${shared.link.split("/").at(-1)}`)
  assert.deepEqual([read.name, read.items[0].productId], ["Маме", productId])
  assert.equal((await ask("GET", "/favourites")).body.lists.length, 2)

  const review = { stars: 5, text: "Мягкий крем, пахнет липой." }
  assert.equal((await ask("PUT", `/products/${productId}/review`, review)).body.code, "review_not_bought")
  await buys()
  const { body: written } = await ask("PUT", `/products/${productId}/review`, review)
  await inTransaction(account.db, (tx) => publishReview(tx, { reviewId: written.reviewId, at: account.clock.now(), by: "staff:1" }))
  const { body } = await account.ask("GET", `/products/${productId}/reviews`)
  assert.deepEqual([body.stars, body.reviews[0].author, body.reviews[0].mine], [[0, 0, 0, 0, 1], "Анна П.", false])
  const reader = await member()
  assert.equal((await reader.ask("PUT", `/reviews/${written.reviewId}/vote`)).status, 204)
  assert.equal((await ask("PUT", `/reviews/${written.reviewId}/vote`)).body.code, "own_review")
  for (const unfit of [{ text: "Пишите на www.shop.com, дешевле" }, { text: "Ой" }])
    assert.equal((await ask("PUT", `/products/${productId}/review`, { ...review, ...unfit })).status, 422, unfit.text)
  const comment = () =>
    reader.ask("POST", `/reviews/${written.reviewId}/comments`, { text: "Спасибо, помогло выбрать." }, { "idempotency-key": "c-1" })
  assert.deepEqual([(await comment()).status, (await comment()).status], [201, 201])
  assert.equal((await ask("GET", "/me/reviews")).body.reviews[0].state, "published")
  assert.equal((await ask("DELETE", `/reviews/${written.reviewId}`)).status, 204)
})

test("A44: who writes a hundred reviews in a minute waits; a name is letters; markup is handed on as the text it is", async () => {
  const { ask, buys } = await member()
  await buys()
  const text = "<script>alert(1)</script> мягкий крем"
  const answers = []
  for (let nth = 0; nth < 12; nth += 1) answers.push(await ask("PUT", `/products/${productId}/review`, { stars: 5, text }))
  const waits = answers.at(-1)!
  assert.deepEqual([answers[0]!.status, waits.status, waits.body.code], [200, 429, "too_often"])
  assert.ok(Number(waits.headers.get("retry-after")) >= 1)
  const { reviewId } = answers[0]!.body
  await inTransaction(account.db, (tx) => publishReview(tx, { reviewId, at: account.clock.now(), by: "staff:1" }))
  const read = await account.ask("GET", `/products/${productId}/reviews?sort=new`)
  assert.equal(read.body.reviews[0].text, text)
  assert.deepEqual([read.headers.get("content-type"), read.headers.get("x-content-type-options")], ["application/json", "nosniff"])
  for (const given of ["<script>alert(1)</script>", "Анна<img src=x>"])
    assert.equal((await ask("PUT", "/me/person", { name: { given }, birthday: null })).body.code, "name_invalid", given)
})

async function buyer() {
  const { token, ask, buys } = await member()
  await buys()
  const write = (photos: readonly string[]) =>
    ask("PUT", `/products/${productId}/review`, { stars: 5, text: "Мягкий крем, пахнет липой.", photos })
  return { token, write }
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** A grey PNG (RFC 2083) that says where it was made. */
function aPicture(width = 400, height = 300): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("tEXt", Buffer.from("Location\0SecretStreet 7", "latin1")),
    chunk("IDAT", deflateSync(Buffer.alloc((width + 1) * height))),
    chunk("IEND", Buffer.alloc(0)),
  ])
}

test("A49: a photo of a review is made anew, seen by who sent it alone until a moderator has looked, then by everybody", async () => {
  const { token, write } = await buyer()
  const sent = aPicture()
  const written = await write([sent.toString("base64"), sent.toString("base64")])
  assert.equal(written.status, 200)
  const { body: own } = await account.ask("GET", "/me/reviews", { token })
  const [first, second] = (own.reviews[0].photos as string[]).map((path) => path.replace("/api/v1", ""))
  const mine = await account.ask("GET", first!, { token })
  assert.deepEqual([mine.status, mine.headers.get("content-type")], [200, "image/webp"])
  assert.equal(mine.headers.get("x-content-type-options"), "nosniff")
  assert.match(mine.headers.get("cache-control")!, /^private/)
  assert.equal(Buffer.from(mine.bytes.slice(8, 12)).toString(), "WEBP")
  assert.doesNotMatch(Buffer.from(mine.bytes).toString("latin1"), /SecretStreet/)
  assert.equal((await account.ask("GET", first!)).body.code, "photo_not_found")
  assert.equal((await account.ask("GET", second!, { token: (await buyer()).token })).body.code, "photo_not_found")
  const { reviewId } = written.body
  await inTransaction(account.db, (tx) => publishReview(tx, { reviewId, at: account.clock.now(), by: "staff:1" }))
  assert.equal((await account.ask("GET", first!)).status, 200)
  const { body: read } = await account.ask("GET", `/products/${productId}/reviews`)
  assert.deepEqual(read.reviews.find((one: any) => one.reviewId === reviewId).photos, own.reviews[0].photos)
  assert.equal((await account.ask("GET", `/reviews/${reviewId}/photos/3`)).body.code, "photo_not_found")
})

test("A49: what is no photo is refused, whatever it calls itself, and the review is as it was; a fifth photo is one too many", async () => {
  const { token, write } = await buyer()
  assert.equal((await write([])).status, 200)
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  for (const bad of [svg, "<?php system($_GET[0]) ?>", aPicture().subarray(0, 60).toString("latin1")]) {
    const refused = await write([aPicture().toString("base64"), Buffer.from(bad, "latin1").toString("base64")])
    assert.deepEqual([refused.status, refused.body.code], [422, "photo_unfit"])
  }
  assert.equal((await write(["@@@ no base64 @@@"])).body.code, "photo_unfit")
  const five = await write(Array.from({ length: 5 }, () => aPicture().toString("base64")))
  assert.deepEqual([five.status, five.body.code, five.body.fields], [422, "out_of_range", ["photos"]])
  assert.deepEqual((await account.ask("GET", "/me/reviews", { token })).body.reviews[0].photos, [])
})
