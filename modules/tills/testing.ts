import { inTransaction, type Db, type Tx } from "@mila/kernel"
import { aProduct } from "@mila/catalog/testing"
import { putProducts } from "@mila/catalog"
import { openShop } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import { enrolTill, issueEnrolmentCode } from "./enrol.ts"
import type { Line, Return, Sale, TillIdentity } from "./facts.ts"
import { createTill } from "./tills.ts"

/** A moment for tests that do not care which: Monday noon in Minsk. */
export const SOME_DAY = new Date("2026-11-23T09:00:00Z")

/** The goods `aSale` sells. */
export const CREAM = "cream"

let made = 0

/** A till of a shop of its own, with the goods of `aSale` in the catalogue; not enrolled yet. */
export async function aTill(
  tx: Tx,
  { at = SOME_DAY, shop = `test-till-${(made += 1)}` }: { at?: Date; shop?: string } = {},
): Promise<TillIdentity> {
  const code = shop
  await openShop(tx, { ...aShop({ code }), at })
  await putProducts(tx, [aProduct({ sku: CREAM, eans: [] })], { at })
  const till = await createTill(tx, { shop: code, till: 3, at })
  return { tillId: till.tillId, shop: till.shop, till: till.till }
}

/** The same, enrolled with a shared secret. */
export async function anEnrolledTill(
  db: Db,
  { at = SOME_DAY }: { at?: Date } = {},
): Promise<{ till: TillIdentity; keyId: string; secret: string }> {
  return inTransaction(db, async (tx) => {
    const till = await aTill(tx, { at })
    const { code } = await issueEnrolmentCode(tx, { tillId: till.tillId, at })
    const { keyId, secret } = await enrolTill(tx, { code, publicKey: null, at })
    return { till, keyId, secret: secret! }
  })
}

let lastNumber = 0

/** A line of one cream for 20 BYN; say only what matters. */
export function aLine(given: Partial<Line> = {}): Line {
  return { no: 1, sku: CREAM, quantityMilli: 1_000, priceMinor: 2_000, amountMinor: 2_000, ...given }
}

/** A sale of this till, paid in cash, with a number of its own; say only what matters. */
export function aSale({ shop, till }: Pick<TillIdentity, "shop" | "till">, given: Partial<Sale> & { card?: string } = {}): Sale {
  const { card, ...rest } = given
  const lines = rest.lines ?? [aLine()]
  const totalMinor = rest.totalMinor ?? lines.reduce((before, { amountMinor }) => before + amountMinor, 0)
  return {
    ...{ storeCode: shop, tillNo: till, shift: 17, number: (lastNumber += 1), soldAt: SOME_DAY.toISOString() },
    ...{ tenders: [{ type: "cash", amountMinor: totalMinor }], totalMinor },
    ...(card === undefined ? {} : { identifier: { type: "card13" as const, value: card } }),
    ...rest,
    lines,
  }
}

/** A return of one line of a sale; say only what matters. */
export function aReturn({ shop, till }: Pick<TillIdentity, "shop" | "till">, given: Partial<Return> & { sale: string }): Return {
  const { sale, ...rest } = given
  return {
    ...{ storeCode: shop, tillNo: till, shift: 18, number: (lastNumber += 1), returnedAt: SOME_DAY.toISOString() },
    ...{ original: { receiptId: sale }, lines: [{ no: 1, quantityMilli: 1_000 }] },
    ...rest,
  }
}
