import { groupsOfProducts, tilesOf } from "@mila/catalog"
import { addDays, assert, type Day, type Db, inTransaction, MINSK, startOfDay, type Tx } from "@mila/kernel"
import { addFavourite, favouritesOf, makeList, watchFavourite } from "@mila/favourites"
import { answerReview, publishReview, reviewsOfMember, writeReview } from "@mila/reviews"
import { claimPoints, keptPurchases, pointsClaimsOf, recordReceipts } from "@mila/tills"
import { assortmentOf, demoBasket } from "./baskets.ts"
import { FIRST } from "./first-member.ts"
import type { DemoMember } from "./make-members.ts"
import { headOf, tillsOf, uidOf } from "./play-history.ts"
import { seeded } from "./seeded.ts"
import type { DemoGroup } from "./shelves/make-groups.ts"
import { type Sold, soldOf } from "./shelves/put-shelves.ts"
import { HISTORY_DAYS, shiftOn, shopOf } from "./visits.ts"

const HOUR = 3_600_000

type Stage = { db: Db; members: readonly DemoMember[]; groups: readonly DemoGroup[] }

/** What the first member did beside shopping: asked for points of forgotten receipts, made lists, wrote reviews. Harmless twice. */
export async function fillFirstMember({ db, members, groups }: Stage, { today }: { today: Day }): Promise<void> {
  const member = members[FIRST - 1]!
  const tills = await tillsOf(db)
  const till = tills.get(shopOf(member))
  assert(till, "her shop has a till")
  const midnight = startOfDay(MINSK, today)
  await inTransaction(db, async (tx) => {
    await askForPoints(tx, { member, till, products: groups.flatMap(soldOf), today })
    await makeLists(tx, { member, groups, at: new Date(midnight.getTime() - 30 * HOUR) })
    await writeReviews(tx, { member, midnight })
  })
}

type Asking = {
  member: DemoMember
  till: { tillId: number; shop: string; till: number }
  products: readonly Sold[]
  today: Day
}

/** Five days ago she forgot her card and was given the points; a receipt of the day before yesterday no till has sent yet. */
async function askForPoints(tx: Tx, { member, till, products, today }: Asking): Promise<void> {
  const { memberId } = member
  if ((await pointsClaimsOf(tx, { memberId })).length > 0) return
  const soldOn = addDays(today, -5)
  const soldAt = new Date(startOfDay(MINSK, soldOn).getTime() + 13 * HOUR)
  const { lines, totalMinor } = demoBasket(seeded(77), assortmentOf(products))
  const head = headOf({ shop: till.shop, shift: shiftOn(HISTORY_DAYS - 5), number: 901, soldAt })
  const sale = { ...head, lines, totalMinor, tenders: [{ type: "card" as const, amountMinor: totalMinor }], identifier: null }
  await recordReceipts(tx, [{ till, requestKey: null, sale, locale: "ru" }], { at: new Date(soldAt.getTime() + 2_000) })
  const given = { fiscalUid: head.fiscal.uid, soldOn, totalMinor, at: new Date(soldAt.getTime() + 26 * HOUR) }
  await claimPoints(tx, { memberId, ...given })
  const missing = { fiscalUid: uidOf("not sent"), soldOn: addDays(today, -2), totalMinor: 2_345 }
  await claimPoints(tx, { memberId, ...missing, at: new Date(startOfDay(MINSK, addDays(today, -1)).getTime() + 19 * HOUR) })
}

/** Two lists: what she wants for herself and presents; one thing is watched for its price, one for her shop. */
async function makeLists(tx: Tx, { member, groups, at }: { member: DemoMember; groups: readonly DemoGroup[]; at: Date }): Promise<void> {
  const owner = { memberId: member.memberId }
  if ((await favouritesOf(tx, owner)).length > 0) return
  const lists = [
    ["Хочу попробовать", groups.filter(({ country, traits }) => country === "KR" && traits === "face")],
    ["Подарки маме", groups.filter(({ category }) => category === "sets" || category === "perfume/women" || category === "body/hands")],
  ] as const
  for (const [name, from] of lists) {
    const { listId } = await makeList(tx, { owner, name, at })
    const liked = from.toSorted((one, other) => other.popularity - one.popularity).slice(0, 6)
    const numbers = await groupsOfProducts(
      tx,
      liked.map(({ variants }) => variants[0]!.sku),
    )
    const groupNos = [...new Set(numbers.values())]
    for (const groupNo of groupNos) await addFavourite(tx, { owner, groupNo, listId, name, at })
    const watched = groupNos[0]
    if (watched !== undefined) await watchFavourite(tx, { owner, listId, groupNo: watched, price: true, shop: shopOf(member), at })
  }
}

const WORDS = [
  {
    stars: 5,
    text: "Второй раз беру и снова довольна. Расход маленький, пахнет приятно, и по карте заметно дешевле. Подруге тоже посоветовала.",
    answer: "Анна, спасибо за добрые слова и за то, что возвращаетесь! Ваша «Мила».",
  },
  {
    stars: 4,
    text: "Хорошая вещь, качество порадовало. Снимаю звезду за упаковку: открывается туго, мокрыми руками не справиться.",
    answer: null,
  },
]

/** One review that everybody reads and the shop answered, one that waits for a moderator. */
async function writeReviews(tx: Tx, { member: { memberId }, midnight }: { member: DemoMember; midnight: Date }): Promise<void> {
  if ((await reviewsOfMember(tx, { memberId })).length > 0) return
  const bought = (await keptPurchases(tx, [memberId])).toSorted((one, other) => one.soldAt.getTime() - other.soldAt.getTime())
  const numbers = await groupsOfProducts(
    tx,
    bought.map(({ sku }) => sku),
  )
  const shown = await tilesOf(tx, { numbers: [...new Set(numbers.values())], at: midnight })
  const proven = shown.filter(({ category }) => /^(face|body|hair)\//.test(category ?? "")).slice(0, WORDS.length)
  for (const [place, { no: groupNo }] of proven.entries()) {
    const { stars, text, answer } = WORDS[place]!
    const writtenAt = new Date(midnight.getTime() - (place === 0 ? 20 * 24 : 3) * HOUR)
    const { reviewId } = await writeReview(tx, { groupNo, memberId, stars, text, at: writtenAt })
    if (answer === null) continue
    const at = new Date(writtenAt.getTime() + 5 * HOUR)
    await publishReview(tx, { reviewId, at, by: "system" })
    await answerReview(tx, { reviewId, text: answer, at, by: "system" })
  }
}
