import { aCard } from "@mila/cards/testing"
import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { quote } from "@mila/loyalty"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { gainWithPartnerCard } from "./partner-gain.ts"
import { productsNow } from "./product-memory.ts"
import { basketOf } from "./receipt-rules.ts"
import { receiptsByIds, receiptsOf } from "./receipts-of.ts"
import { recordReceipts } from "./record-receipts.ts"
import { aLine, aSale, aTill, CREAM, SOME_DAY } from "./testing.ts"

after(closeTestDatabases)

test("the gain is what each purchase would have earned on top, counted as at the till, in as many statements for ten purchases as for one", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const { number, memberId } = await aCard(tx)
    const buy = (amountMinor: number) =>
      recordReceipts(
        tx,
        [
          {
            till,
            requestKey: null,
            sale: aSale(till, { card: number, lines: [aLine({ priceMinor: amountMinor, amountMinor })] }),
            locale: "ru",
          },
        ],
        {
          at: SOME_DAY,
        },
      )
    const since = new Date(SOME_DAY.getTime() - 86_400_000)
    const gain = () => gainWithPartnerCard(tx, { memberId, since, at: SOME_DAY })
    const counted = async () => {
      let statements = 0
      const { query } = tx.client
      tx.client.query = ((...given: never[]) => ((statements += 1), (query as Function).apply(tx.client, given))) as never
      const points = await gain()
      tx.client.query = query
      return { points, statements }
    }
    assert.equal((await counted()).points, 0, "nothing was bought")
    await buy(1_999)
    const one = await counted()
    for (let place = 0; place < 9; place += 1) await buy(2_000 + 111 * place)
    const ten = await counted()
    assert.equal(ten.statements, one.statements)

    let slowly = 0
    const ids = (await receiptsOf(tx, { memberId, most: 10 })).map(({ receiptId }) => receiptId)
    const products = await productsNow(tx, [CREAM], SOME_DAY)
    for (const { body, soldAt } of (await receiptsByIds(tx, ids)).values()) {
      const basket = basketOf(
        { storeCode: till.shop, ...(body as Pick<ReturnType<typeof aSale>, "lines" | "tenders">) },
        { products, soldAt },
      )
      const by = async (cardKind: "virtual" | "partner") =>
        (
          await quote(tx, {
            earner: { memberId, birthday: null, employeeAtOwnTill: false, cardKind },
            basket,
            redeem: { mode: "none" },
            at: soldAt,
          })
        ).earned
      slowly += (await by("partner")) - (await by("virtual"))
    }
    assert.ok(slowly > 0)
    assert.equal(ten.points, slowly)
    assert.equal(await gainWithPartnerCard(tx, { memberId, since: new Date(SOME_DAY.getTime() + 1), at: SOME_DAY }), 0)
  }))
