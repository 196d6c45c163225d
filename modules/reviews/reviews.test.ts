import { groupByCode, groupByNo, putGroups } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { aCard } from "@mila/cards/testing"
import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import type { Tx } from "@mila/kernel"
import { aChild } from "@mila/members/testing"
import { recordReceipts, recordReturn, type TillIdentity } from "@mila/tills"
import { aLine, aReturn, aSale, aTill } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import sharp from "sharp"
import * as reviews from "./index.ts"

after(closeTestDatabases)

const at = new Date("2026-11-23T09:00:00Z")
const by = "staff:1"
const TEXT = "Хороший крем: мягкий, пахнет липой."

type Stage = { till: TillIdentity; groupNo: number }

async function aStage(tx: Tx): Promise<Stage> {
  const till = await aTill(tx, { at })
  const group = aGroup({ code: "krem-lipa", variants: [aVariant({ sku: "lipa-50" }), aVariant({ sku: "lipa-100" })] })
  await putGroups(tx, [group], { at })
  return { till, groupNo: (await groupByCode(tx, { code: "krem-lipa", at }))!.no }
}

async function aBuyer(tx: Tx, { till }: Stage, sku = "lipa-50"): Promise<{ memberId: number; receiptId: string }> {
  const { number, memberId } = await aCard(tx)
  const sale = aSale(till, { card: number, lines: [aLine({ sku })] })
  await recordReceipts(tx, [{ till, requestKey: null, sale, locale: "ru" }], { at })
  return { memberId, receiptId: `${till.shop}-3-17-${sale.number}` }
}

const starsNow = async (tx: Tx, no: number) => (await groupByNo(tx, { no, at }))!.stars

test("who bought it says something of it; everybody reads it, and it counts, once a moderator has let it pass", () =>
  rolledBack(async (tx) => {
    const stage = await aStage(tx)
    const { memberId } = await aBuyer(tx, stage, "lipa-100")
    const { reviewId } = await reviews.writeReview(tx, { ...stage, memberId, stars: 4, text: TEXT, at })
    assert.deepEqual(await reviews.reviewsOf(tx, stage), [])
    assert.deepEqual(
      (await reviews.reviewsWaiting(tx)).map((one) => one.reviewId),
      [reviewId],
    )
    await reviews.publishReview(tx, { reviewId, at, by })
    assert.deepEqual(await starsNow(tx, stage.groupNo), { sum: 4, count: 1 })
    assert.deepEqual(await reviews.starsOf(tx, stage.groupNo), [0, 0, 0, 1, 0])
    const [shown] = await reviews.reviewsOf(tx, stage)
    assert.equal(shown?.text, TEXT)
    await assert.rejects(reviews.publishReview(tx, { reviewId, at, by }), { code: "review_decided" })

    await reviews.writeReview(tx, { ...stage, memberId, stars: 2, text: "Через месяц: сушит кожу.", at })
    assert.deepEqual(await starsNow(tx, stage.groupNo), { sum: 0, count: 0 }, "a changed one waits again")
    assert.equal((await reviews.reviewsOfMember(tx, { memberId })).length, 1)
    await reviews.publishReview(tx, { reviewId, at, by })
    await reviews.withdrawReview(tx, { reviewId, memberId, at })
    assert.deepEqual(await starsNow(tx, stage.groupNo), { sum: 0, count: 0 })
  }))

test("A44: who has not bought it, or brought it back, says nothing of it; ten times a day are enough", () =>
  rolledBack(async (tx) => {
    const stage = await aStage(tx)
    const { memberId: stranger } = await aCard(tx)
    await assert.rejects(reviews.writeReview(tx, { ...stage, memberId: stranger, stars: 5, text: TEXT, at }), { code: "review_not_bought" })
    const { memberId, receiptId } = await aBuyer(tx, stage)
    const { till } = stage
    await recordReturn(tx, { till, requestKey: null, return: aReturn(till, { sale: receiptId }), locale: "ru" }, { at })
    await assert.rejects(reviews.writeReview(tx, { ...stage, memberId, stars: 5, text: TEXT, at }), { code: "review_not_bought" })
    const waits = []
    for (let nth = 0; nth < 11; nth += 1) waits.push(await reviews.takeWriting(tx, { memberId, at }))
    assert.ok(waits.slice(0, 10).every((wait) => wait === 0) && waits[10]! > 0)
  }))

test("A44: links, phones, addresses and bank cards are refused; markup is text; odd ones are pointed out", () =>
  rolledBack(async (tx) => {
    const stage = await aStage(tx)
    const { memberId } = await aBuyer(tx, stage)
    const write = (text: string, stars = 5) => reviews.writeReview(tx, { ...stage, memberId, stars, text, at })
    const refused: [string, string][] = [
      ["Купите дешевле на http://example.com", "review_contacts"],
      ["Дешевле на lucshe.by, проверено", "review_contacts"],
      ["Звоните мне: +375 29 123-45-67", "review_contacts"],
      ["Пишите на anna@example.by, отвечу", "review_contacts"],
      ["Оплачивала картой 4111 1111 1111 1111", "bank_card_number"],
      ["Мало", "review_malformed"],
      ["а".repeat(4_001), "review_malformed"],
    ]
    for (const [text, code] of refused) await assert.rejects(write(text), { code }, text)
    await assert.rejects(write(TEXT, 6), { code: "review_malformed" })
    await write('<script>alert("1")</script> хороший крем')
    await write("ЭТО ПРОСТО УЖАСНЫЙ КРЕМ, ВСЕМ СОВЕТУЮ!!!!!!!!!!")
    assert.equal((await reviews.reviewsWaiting(tx))[0]?.held, "shouting repeated")
  }))

test("a refusal has its reason, may be appealed once, and is decided again", () =>
  rolledBack(async (tx) => {
    const stage = await aStage(tx)
    const { memberId } = await aBuyer(tx, stage)
    const { reviewId } = await reviews.writeReview(tx, { ...stage, memberId, stars: 1, text: TEXT, at })
    await assert.rejects(reviews.appealReview(tx, { reviewId, memberId, text: "Это мой честный отзыв", at }), { code: "appeal_unfit" })
    await reviews.refuseReview(tx, { reviewId, reason: "insult", at, by })
    assert.deepEqual(await reviews.reviewsWaiting(tx), [])
    const later = new Date(at.getTime() + 60_000)
    await reviews.appealReview(tx, { reviewId, memberId, text: "Здесь нет ни одного оскорбления", at: later })
    assert.equal((await reviews.reviewsWaiting(tx)).length, 1)
    await assert.rejects(reviews.appealReview(tx, { reviewId, memberId, text: "И ещё раз прошу посмотреть", at: later }), {
      code: "appeal_unfit",
    })
    await reviews.publishReview(tx, { reviewId, at: new Date(at.getTime() + 120_000), by })
    assert.deepEqual(await starsNow(tx, stage.groupNo), { sum: 1, count: 1 })
    await reviews.answerReview(tx, { reviewId, text: "Жаль, что не подошёл. Верните в магазин.", at, by })
    assert.match((await reviews.reviewsOf(tx, stage))[0]!.answer!, /Жаль/)
  }))

test("helpful counts once a member, never one's own; comments wait for a moderator too", () =>
  rolledBack(async (tx) => {
    const stage = await aStage(tx)
    const [{ memberId }, { memberId: other }] = [await aBuyer(tx, stage), await aCard(tx)]
    const { reviewId } = await reviews.writeReview(tx, { ...stage, memberId, stars: 5, text: TEXT, at })
    await assert.rejects(reviews.voteReview(tx, { reviewId, memberId: other, helpful: true }), { code: "review_unknown" })
    await reviews.publishReview(tx, { reviewId, at, by })
    for (let time = 0; time < 2; time += 1) await reviews.voteReview(tx, { reviewId, memberId: other, helpful: true })
    await assert.rejects(reviews.voteReview(tx, { reviewId, memberId, helpful: true }), { code: "own_review" })
    assert.equal((await reviews.reviewsOf(tx, stage))[0]?.helpful, 1)
    await reviews.voteReview(tx, { reviewId, memberId: other, helpful: false })
    assert.equal((await reviews.reviewsOf(tx, stage))[0]?.helpful, 0)
    const { commentId } = await reviews.commentReview(tx, { reviewId, memberId: other, text: "А для сухой кожи подойдёт?", at })
    assert.equal((await reviews.commentsOf(tx, [reviewId])).size, 0)
    await reviews.decideComment(tx, { commentId, publish: true, at, by })
    assert.equal((await reviews.commentsOf(tx, [reviewId])).get(reviewId)?.length, 1)
  }))

test("A44: a photo is made anew: smaller, upright, without a word of where it was taken; what is no photo is refused", async () => {
  const sent = await sharp({ create: { width: 3_000, height: 1_000, channels: 3, background: "#c86b93" } })
    .withExif({ IFD0: { Copyright: "Anna", ImageDescription: "<script>alert(1)</script>" }, IFD3: { GPSLatitude: "53/1 54/1 0/1" } })
    .jpeg()
    .toBuffer()
  const { image, width, height } = await reviews.madeAnew(sent)
  assert.deepEqual([width, height], [1_600, 533])
  const { format, exif } = await sharp(image).metadata()
  assert.deepEqual([format, exif], ["webp", undefined])
  assert.ok(!image.includes("script") && !image.includes("Anna"))
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>')
  for (const file of [Buffer.alloc(0), Buffer.from("GIF89a"), svg, Buffer.alloc(11_000_000), sent.subarray(0, 200)])
    await assert.rejects(reviews.madeAnew(file), { code: "photo_unfit" })
})

test("reviews of another system are brought in, proved by receipts like any, with answers and votes, and the thing is rated; twice is harmless", () =>
  rolledBack(async (tx) => {
    const stage = await aStage(tx)
    const [one, other] = [await aBuyer(tx, stage), await aBuyer(tx, stage, "lipa-100")]
    const stranger = await aCard(tx)
    const said = { groupNo: stage.groupNo, text: TEXT, writtenAt: at, answer: null, helpfulTo: [] }
    const answer = { text: "Спасибо!", at }
    const brought = [
      { ...said, memberId: one.memberId, stars: 5, answer, helpfulTo: [other.memberId, stranger.memberId] },
      { ...said, memberId: other.memberId, stars: 2 },
    ]
    assert.equal(await reviews.bringReviews(tx, brought, { at, by }), 2)
    assert.deepEqual(await starsNow(tx, stage.groupNo), { sum: 7, count: 2 })
    const [first] = await reviews.reviewsOf(tx, stage)
    assert.deepEqual(
      { ...first, reviewId: 0, writtenAt: at, changedAt: at, decidedAt: at, answeredAt: at },
      {
        ...{ reviewId: 0, groupNo: stage.groupNo, memberId: one.memberId, receiptId: one.receiptId, stars: 5, text: TEXT },
        ...{ state: "published", held: null, reason: null, writtenAt: at, changedAt: at, decidedAt: at, appeal: null, appealedAt: null },
        ...{ answer: "Спасибо!", answeredAt: at, helpful: 2, photos: 0 },
      },
    )
    await reviews.voteReview(tx, { reviewId: first!.reviewId, memberId: other.memberId, helpful: false })
    assert.equal((await reviews.reviewsOf(tx, stage))[0]!.helpful, 1)
    assert.equal(await reviews.bringReviews(tx, brought, { at, by }), 0)
    assert.deepEqual(await starsNow(tx, stage.groupNo), { sum: 7, count: 2 })

    const unproved = [{ ...said, memberId: stranger.memberId, stars: 5 }]
    await assert.rejects(reviews.bringReviews(tx, unproved, { at, by }), { code: "review_not_bought" })
    const withPhone = [{ ...said, memberId: one.memberId, stars: 5, text: "Звоните мне: +375 29 123 45 67" }]
    await assert.rejects(reviews.bringReviews(tx, withPhone, { at, by }), { code: "review_contacts" })
  }))

test("what came back proves nothing when reviews are brought in", () =>
  rolledBack(async (tx) => {
    const stage = await aStage(tx)
    const { memberId, receiptId } = await aBuyer(tx, stage)
    await recordReturn(tx, { till: stage.till, requestKey: null, return: aReturn(stage.till, { sale: receiptId }), locale: "ru" }, { at })
    const brought = [{ groupNo: stage.groupNo, memberId, stars: 5, text: TEXT, writtenAt: at, answer: null, helpfulTo: [] }]
    await assert.rejects(reviews.bringReviews(tx, brought, { at, by }), { code: "review_not_bought" })
  }))

test("who is under sixteen says what they think in words and stars; a photo comes with sixteen", () =>
  rolledBack(async (tx) => {
    const stage = await aStage(tx)
    const { memberId } = await aBuyer(tx, stage)
    await aChild(tx, { memberId })
    const photos = [{ image: Buffer.from("a picture"), width: 3, height: 2 }]
    const review = { ...stage, memberId, stars: 5, text: TEXT }
    await assert.rejects(reviews.writeReview(tx, { ...review, photos, at }), { code: "child_photos" })
    await reviews.writeReview(tx, { ...review, at })
    await reviews.writeReview(tx, { ...review, photos, at: new Date("2028-05-03T09:00:00Z") })
  }))
