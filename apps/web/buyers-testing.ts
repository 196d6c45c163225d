import { cardsOf } from "@mila/cards"
import { groupByCode, putGroups } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { inTransaction } from "@mila/kernel"
import { memberByPhone } from "@mila/members"
import { recordReceipts } from "@mila/tills"
import { aLine, aSale, aTill } from "@mila/tills/testing"
import { aMemberAt, type Visitor, type Web } from "./testing.ts"

/** What a buyer of the cream writes of it. */
export const TEXT = "Мягкий, пахнет липой, хватает на месяц."

let lastPhone = 7_700_000

/** A cream on sale, its page, and people who bought it by a receipt of a till, each signed in in a browser of their own. */
export async function buyersAt(web: Web): Promise<{ page: string; aBuyer: (phone?: string) => Promise<Visitor> }> {
  const { db } = web.own
  const at = web.clock.now()
  const name = { ru: "Крем «Липа»", be: "Крэм «Ліпа»", en: "Lime cream" }
  const { till, slug } = await inTransaction(db, async (tx) => {
    await putGroups(tx, [aGroup({ code: "lipa", name, variants: [aVariant({ sku: "lipa" })] })], { at })
    return { till: await aTill(tx, { at }), slug: (await groupByCode(tx, { code: "lipa", at }))!.slug }
  })
  async function aBuyer(phone = `+37533${(lastPhone += 1)}`): Promise<Visitor> {
    const browser = await aMemberAt(web, phone, `203.0.113.${lastPhone % 200}`)
    await inTransaction(db, async (tx) => {
      const card = (await cardsOf(tx, (await memberByPhone(tx, phone))!.memberId))[0]!.number!
      const sale = aSale(till, { card, lines: [aLine({ sku: "lipa" })] })
      await recordReceipts(tx, [{ till, requestKey: null, sale, locale: "ru" }], { at: web.clock.now() })
    })
    return browser
  }
  return { page: `/p/${slug}`, aBuyer }
}
