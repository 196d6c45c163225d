import { z } from "@hono/zod-openapi"
import type { Locale, Tx } from "@mila/kernel"
import { changeOf, statement, type ToldEntry } from "@mila/membership"
import { type Shop, shopsByCode } from "@mila/shops"
import { Balance, instant, minor, points } from "./schemas.ts"

export const ShopNamed = z.object({ id: z.string(), name: z.string(), city: z.string(), address: z.string() }).openapi("ShopNamed")

export const Reason = z
  .object({
    line: z.number().int().nullable().openapi({ description: "The receipt's line; null: the whole receipt." }),
    code: z.string(),
    rule: z.string().nullable(),
    points,
    text: z.string(),
  })
  .openapi("Reason", { description: "Why so many, and why none: a rule of the programme, in words." })

export const Movement = z
  .object({
    id: z.number().int(),
    kind: z.string(),
    occurredAt: instant,
    points: points.openapi({ description: "What it brought (+) or took (−); 0 where points only changed their state." }),
    text: z.string().nullable().openapi({ description: "What it was, where no receipt explains it." }),
    receipt: z
      .object({ receiptId: z.string(), kind: z.enum(["sale", "return"]), soldAt: instant, totalMinor: minor, shop: ShopNamed })
      .nullable(),
    reasons: z.array(Reason),
    balance: Balance.openapi({ description: "After it." }),
  })
  .openapi("Movement")

/** A page of the history, newest first, as an app is told it. */
export async function movementsOf(
  tx: Tx,
  { memberId, before, most, locale }: { memberId: number; before?: number | undefined; most: number; locale: Locale },
): Promise<z.input<typeof Movement>[]> {
  const entries = await statement(tx, { memberId, before, most, locale })
  const shops = await shopsByCode(tx, [...new Set(entries.flatMap(({ receipt }) => receipt?.shop ?? []))])
  return entries.map((entry) => movementTold(entry, (code) => shopNamed(code, shops.get(code), locale)))
}

/** A shop by its code, in words; one we know no more is called by its code. */
export const shopNamed = (code: string, shop: Shop | undefined, locale: Locale) => ({
  ...{ id: code, name: shop?.name[locale] ?? code, city: shop?.city[locale] ?? "", address: shop?.address[locale] ?? "" },
})

function movementTold(
  { transactionId: id, kind, occurredAt, postings, text, receipt, explanation, balance }: ToldEntry,
  shopOf: (code: string) => z.input<typeof ShopNamed>,
): z.input<typeof Movement> {
  return {
    ...{ id, kind, occurredAt, points: changeOf(postings), text, balance },
    receipt: receipt && { ...receipt, shop: shopOf(receipt.shop) },
    reasons: explanation,
  }
}
