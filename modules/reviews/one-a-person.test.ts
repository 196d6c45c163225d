import { groupByCode, groupByNo, putGroups } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { aCard } from "@mila/cards/testing"
import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import type { Tx } from "@mila/kernel"
import { keepMerge, mergeMembers, unmergeMembers } from "@mila/members"
import { recordReceipts, type TillIdentity } from "@mila/tills"
import { aLine, aSale, aTill } from "@mila/tills/testing"
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
  await putGroups(tx, [aGroup({ code: "krem-lipa", variants: [aVariant({ sku: "lipa-50" })] })], { at })
  return { till, groupNo: (await groupByCode(tx, { code: "krem-lipa", at }))!.no }
}

async function aBuyer(tx: Tx, { till }: Stage): Promise<{ memberId: number }> {
  const { number, memberId } = await aCard(tx)
  const sale = aSale(till, { card: number, lines: [aLine({ sku: "lipa-50" })] })
  await recordReceipts(tx, [{ till, requestKey: null, sale, locale: "ru" }], { at })
  return { memberId }
}

const starsNow = async (tx: Tx, no: number) => (await groupByNo(tx, { no, at }))!.stars
const aPhoto = async () =>
  reviews.madeAnew(
    await sharp({ create: { width: 9, height: 9, channels: 3, background: "#fff" } })
      .png()
      .toBuffer(),
  )

test("of two reviews a person wrote of one thing under two memberships one is read, the other gives way, photos and all, until the two come apart", () =>
  rolledBack(async (tx) => {
    const stage = await aStage(tx)
    const [{ memberId: from }, { memberId: into }] = [await aBuyer(tx, stage), await aBuyer(tx, stage)]
    const photos = [await aPhoto()]
    const older = await reviews.writeReview(tx, { ...stage, memberId: from, stars: 1, text: TEXT, photos, at })
    const newer = await reviews.writeReview(tx, {
      ...stage,
      memberId: into,
      stars: 5,
      text: "Передумала: крем мягкий.",
      at: new Date(at.getTime() + 1),
    })
    for (const { reviewId } of [older, newer]) await reviews.publishReview(tx, { reviewId, at, by })
    assert.deepEqual(await starsNow(tx, stage.groupNo), { sum: 6, count: 2 })

    await mergeMembers(tx, { from, into, at, by: "system" })
    for (let time = 0; time < 2; time += 1) await reviews.oneReviewAThing(tx, { memberId: into, at })
    assert.deepEqual(await starsNow(tx, stage.groupNo), { sum: 5, count: 1 })
    assert.deepEqual(
      (await reviews.reviewsOfMember(tx, { memberId: into })).map((one) => one.reviewId),
      [newer.reviewId],
    )
    await assert.rejects(reviews.withdrawReview(tx, { ...older, memberId: into, at }), { code: "review_unknown" })
    await assert.rejects(reviews.refuseReview(tx, { ...older, reason: "insult", at, by }), { code: "review_unknown" })

    const { mergeId } = await keepMerge(tx, { from, into, kept: { cards: [], months: [], followers: [], consents: [] }, at, by: "system" })
    await unmergeMembers(tx, { mergeId, at, by: "system" })
    for (const memberId of [from, into]) await reviews.oneReviewAThing(tx, { memberId, at })
    assert.deepEqual(await starsNow(tx, stage.groupNo), { sum: 6, count: 2 })
    const [back] = await reviews.reviewsOfMember(tx, { memberId: from })
    assert.deepEqual([back?.reviewId, back?.state, back?.photos], [older.reviewId, "published", 1])
  }))

test("what a person wrote, refused or not, is theirs under every membership: read, changed, appealed and withdrawn, never voted for twice", () =>
  rolledBack(async (tx) => {
    const stage = await aStage(tx)
    const [{ memberId: from }, { memberId: into }, { memberId: other }] = [
      await aBuyer(tx, stage),
      await aBuyer(tx, stage),
      await aBuyer(tx, stage),
    ]
    const { reviewId } = await reviews.writeReview(tx, { ...stage, memberId: from, stars: 4, text: TEXT, at })
    const theirs = await reviews.writeReview(tx, { ...stage, memberId: other, stars: 5, text: "И мне понравился, беру ещё.", at })
    await reviews.publishReview(tx, { ...theirs, at, by })
    await reviews.refuseReview(tx, { reviewId, reason: "insult", at, by })
    await reviews.voteReview(tx, { ...theirs, memberId: from, helpful: true })
    await mergeMembers(tx, { from, into, at, by: "system" })
    await reviews.oneReviewAThing(tx, { memberId: into, at })
    assert.equal((await reviews.ownReview(tx, { ...stage, memberId: into }))?.state, "refused")
    await reviews.appealReview(tx, { reviewId, memberId: into, text: "Здесь нет ни одного оскорбления", at })
    assert.deepEqual(await reviews.writeReview(tx, { ...stage, memberId: into, stars: 3, text: "Скажу иначе: крем как крем.", at }), {
      reviewId,
    })
    await reviews.publishReview(tx, { reviewId, at, by })
    await assert.rejects(reviews.voteReview(tx, { reviewId, memberId: into, helpful: true }), { code: "own_review" })
    await reviews.voteReview(tx, { ...theirs, memberId: into, helpful: true })
    assert.deepEqual(await reviews.votesOf(tx, { memberId: into, reviewIds: [theirs.reviewId] }), new Set([theirs.reviewId]))
    const helpful = async () => (await reviews.ownReview(tx, { ...stage, memberId: other }))?.helpful
    assert.equal(await helpful(), 1)
    await reviews.voteReview(tx, { ...theirs, memberId: into, helpful: false })
    assert.equal(await helpful(), 0)
    await reviews.withdrawReview(tx, { reviewId, memberId: into, at })
    assert.deepEqual(await reviews.reviewsOfMember(tx, { memberId: into }), [])
  }))

test("who leaves keeps what they published without author and photos, or takes it away; what nobody else read goes in any case", () =>
  rolledBack(async (tx) => {
    const stage = await aStage(tx)
    const [keeper, taker] = [await aBuyer(tx, stage), await aBuyer(tx, stage)]
    const photos = [await aPhoto()]
    for (const { memberId } of [keeper, taker]) {
      const { reviewId } = await reviews.writeReview(tx, { ...stage, memberId, stars: 4, text: `${TEXT} ${memberId}`, photos, at })
      await reviews.publishReview(tx, { reviewId, at, by })
    }
    const [first] = await reviews.reviewsOf(tx, stage)
    const said = await reviews.commentReview(tx, { ...first!, memberId: taker.memberId, text: "И мне так же.", at })
    await reviews.decideComment(tx, { ...said, publish: true, at, by })
    await reviews.chooseParting(tx, { ...keeper, keeps: true })
    await reviews.chooseParting(tx, { ...taker, keeps: true })
    await reviews.chooseParting(tx, { ...taker, keeps: false })
    for (const { memberId } of [keeper, taker]) await reviews.partWithReviews(tx, { memberIds: [memberId], at })
    const left = await reviews.reviewsOf(tx, stage)
    assert.deepEqual(
      left.map(({ memberId, photos: count }) => [memberId, count]),
      [[keeper.memberId, 0]],
    )
    assert.deepEqual(await starsNow(tx, stage.groupNo), { sum: 4, count: 1 })
    assert.deepEqual((await reviews.commentsOf(tx, [first!.reviewId])).size, 0)
    assert.deepEqual(await reviews.reviewsOfMember(tx, taker), [])

    await reviews.writeReview(tx, { ...stage, ...keeper, stars: 1, text: "Передумала о нём совсем.", at })
    await reviews.partWithReviews(tx, { memberIds: [keeper.memberId], keeps: true, at })
    assert.deepEqual([await reviews.reviewsOf(tx, stage), await reviews.reviewsWaiting(tx)], [[], []], "nobody read the new words")
  }))
