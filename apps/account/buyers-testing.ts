import { groupByCode, putGroups } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { inTransaction } from "@mila/kernel"
import { recordReceipts, type Sale } from "@mila/tills"
import { aLine, aSale, aTill } from "@mila/tills/testing"
import { aMemberOf, aPhone, type TestAccount } from "./testing.ts"

/** A thing in a shop with a till, and members with apps who buy it. */
export async function buyersAt(account: TestAccount) {
  const at = account.clock.now()
  const { till, productId } = await inTransaction(account.db, async (tx) => {
    await putGroups(tx, [aGroup({ code: "krem", variants: [aVariant({ sku: "krem-50" })] })], { at })
    return { till: await aTill(tx), productId: (await groupByCode(tx, { code: "krem", at }))!.no }
  })
  const sells = async (given: Partial<Sale> & { card?: string } = {}) => {
    const sale = aSale(till, { lines: [aLine({ sku: "krem-50" })], ...given })
    await inTransaction(account.db, (tx) =>
      recordReceipts(tx, [{ till, requestKey: null, sale, locale: "ru" }], { at: account.clock.now() }),
    )
    return sale
  }
  async function member(phone = aPhone()) {
    const { token } = await aMemberOf(account, phone)
    const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      account.ask(method, path, { token, headers, ...(body === undefined ? {} : { body }) })
    const buys = async () => sells({ card: (await ask("GET", "/cards")).body.cards[0].number as string })
    return { ask, buys, phone, token }
  }
  return { productId, till, sells, member }
}

export type Buyers = Awaited<ReturnType<typeof buyersAt>>
