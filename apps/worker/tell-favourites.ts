import { FAVOURITE_RULES, forgetGuests, noticesDue } from "@mila/favourites"
import { type Db, inTransaction, money } from "@mila/kernel"
import { tellMember } from "@mila/membership"
import { profilesOf } from "@mila/members"
import { shopsByCode } from "@mila/shops"

const AT_ONCE = 100

/** Tells members what they asked to be told of: a thing costs less, or their shop has it again. Each page of things is one transaction; what was said is not said twice. */
export async function tellFavourites(db: Db, { at }: { at: Date }): Promise<{ told: number }> {
  let told = 0
  for (let after: { listId: number; groupNo: number } | null = { listId: 0, groupNo: 0 }; after;) {
    const from: { listId: number; groupNo: number } = after
    after = await inTransaction(db, async (tx) => {
      const { notices, last } = await noticesDue(tx, { after: from, most: AT_ONCE, at })
      const people = await profilesOf(tx, [...new Set(notices.map(({ memberId }) => memberId))])
      const shops = await shopsByCode(
        tx,
        notices.flatMap((notice) => (notice.what === "back" ? [notice.shop] : [])),
      )
      for (const notice of notices) {
        const { locale = "ru" } = people.get(notice.memberId) ?? {}
        const [memberId, thing] = [notice.memberId, short(notice.name[locale])]
        if (notice.what === "cheaper")
          await tellMember(tx, { memberId, template: "favourite_cheaper", params: { thing, price: money(notice.priceMinor, locale) }, at })
        else {
          const address = shops.get(notice.shop)?.address[locale] ?? notice.shop
          await tellMember(tx, { memberId, template: "favourite_back", params: { thing, shop: short(address) }, at })
        }
      }
      told += notices.length
      return last
    })
  }
  return { told }
}

/** An SMS has room for little. */
const short = (text: string): string => (text.length <= 20 ? text : `${text.slice(0, 19).trimEnd()}…`)

/** Lists of browsers nobody came back with are forgotten. */
export async function forgetGuestLists(db: Db, { at }: { at: Date }): Promise<{ forgotten: number }> {
  const before = new Date(at.getTime() - FAVOURITE_RULES.guestDays * 86_400_000)
  return { forgotten: await inTransaction(db, (tx) => forgetGuests(tx, { before })) }
}
