import { groupsOfProducts, tilesOf } from "@mila/catalog"
import { dayIn, inTransaction, type Locale, MINSK, minor, momentText, money, numberText, pointsText, Refusal, type Tx } from "@mila/kernel"
import { shopsByCode } from "@mila/shops"
import {
  cameBack,
  disown,
  type Disowned,
  disownedOf,
  explained,
  type LineTold,
  receiptOf,
  receiptsOf,
  type ReceiptSummary,
  takeBackDisowned,
} from "@mila/tills"
import { data, redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { formText } from "../../parts/form-text.ts"
import { unparted, wholePlace } from "../../parts/place.ts"
import { reasonsOf } from "../../parts/reasons.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { RECEIPTS, type ReceiptWords } from "./words.ts"

const PAGE = 20

/** A member's receipts, newest first; `before` names the last one seen. Below them what they said is not theirs. */
export async function myReceipts(
  { db, clock, locale, session: { memberId } }: MemberVisit,
  { before, done }: { before: string | null; done: string | null },
) {
  const words = RECEIPTS[locale]
  const today = dayIn(MINSK, clock.now())
  return inTransaction(db, async (tx) => {
    const last = before === null ? undefined : await receiptOf(tx, { memberId, receiptId: before })
    const cursor = last ? { before: { soldAt: last.soldAt, receiptId: last.receiptId } } : {}
    const receipts = await receiptsOf(tx, { memberId, most: PAGE, ...cursor })
    const shops = await shopsByCode(
      tx,
      receipts.map(({ shop }) => shop),
    )
    const back = await cameBack(
      tx,
      receipts.filter(({ kind }) => kind === "return").map(({ receiptId }) => receiptId),
    )
    return {
      words,
      receipts: receipts.map((receipt) => ({
        id: receipt.receiptId,
        title: words[receipt.kind],
        total: money(back.get(receipt.receiptId)?.totalMinor ?? receipt.totalMinor, locale),
        when: momentText(receipt.soldAt, locale, today),
        shop: unparted(shops.get(receipt.shop)?.name[locale] ?? receipt.shop),
        state: stateOf(receipt, words),
        ...changeOf(receipt, locale),
      })),
      next: receipts.length === PAGE ? receipts.at(-1)!.receiptId : null,
      done: done === "disowned" ? words.disowned : null,
      disowned: before === null ? (await disownedOf(tx, { memberId })).map((said) => disownedShown(said, locale)) : [],
    }
  })
}

/** Nothing of what was bought: only so much that one knows which it was. */
function disownedShown({ disownedId, soldAt, totalMinor, state }: Disowned, locale: Locale) {
  const words = RECEIPTS[locale]
  return {
    id: disownedId,
    title: `${momentText(soldAt, locale)} · ${money(minor(totalMinor), locale)}`,
    says: words.disownedStates[state],
    isOpen: state === "open",
  }
}

/** What a member says of a purchase: that it is not theirs, or that it is after all. What cannot be is done by nothing; the list shows how it stands. */
export async function sayWhose({ db, clock, locale, session: { memberId } }: MemberVisit, form: FormData): Promise<Response> {
  const at = clock.now()
  const [receiptId, disownedId] = [formText(form, "receipt", 100), Number(form.get("disowned")) || 0]
  try {
    await inTransaction(db, (tx) =>
      disownedId > 0 ? takeBackDisowned(tx, { memberId, disownedId, at }) : disown(tx, { memberId, receiptId, at }),
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return redirect(pathIn(locale, "/my/receipts"))
  }
  return redirect(pathIn(locale, disownedId > 0 ? "/my/receipts" : "/my/receipts?done=disowned"))
}

const stateOf = ({ state }: ReceiptSummary, words: ReceiptWords): string | null => (state === "settled" ? null : words[state])

function changeOf({ kind, earned, redeemed }: ReceiptSummary, locale: "ru" | "be" | "en"): { gained: string; taken: string } {
  const [gave, took] = kind === "sale" ? [earned, redeemed] : [redeemed, earned]
  return { gained: gave > 0 ? `+${numberText(gave, locale)}` : "", taken: took > 0 ? numberText(-took, locale) : "" }
}

/** Where goods that are still sold have their pages, by sku. */
async function pagesOf(tx: Tx, { skus, at }: { skus: readonly string[]; at: Date }): Promise<Map<string, string>> {
  const groups = await groupsOfProducts(tx, skus)
  const slugs = new Map((await tilesOf(tx, { numbers: [...new Set(groups.values())], at })).map(({ no, slug }) => [no, slug]))
  return new Map([...groups].flatMap(([sku, no]) => (slugs.has(no) ? [[sku, `/p/${slugs.get(no)}`] as const] : [])))
}

/** One receipt, line by line, with the reason of every number. Somebody else's is as if there were none. */
export async function myReceipt({ db, clock, locale, session: { memberId } }: MemberVisit, receiptId: string) {
  const words = RECEIPTS[locale]
  return inTransaction(db, async (tx) => {
    const receipt = await receiptOf(tx, { memberId, receiptId })
    if (!receipt) throw data(null, 404)
    const shop = (await shopsByCode(tx, [receipt.shop])).get(receipt.shop)
    const isReturn = receipt.kind === "return"
    const back = isReturn ? (await cameBack(tx, [receiptId])).get(receiptId) : undefined
    const { fiscal, redeemed } = receipt.body as { fiscal?: { uid?: string }; redeemed?: { points: number } }
    const lines = back?.lines ?? (isReturn ? [] : (receipt.body["lines"] as LineTold[] | undefined)) ?? []
    const total = money(minor(back?.totalMinor ?? receipt.totalMinor), locale)
    const reasons = reasonsOf(await explained(tx, receipt.explanation, locale), { lines })
    const pages = await pagesOf(tx, { skus: lines.map(({ sku }) => sku), at: clock.now() })
    return {
      ...{ words, receiptId, kind: words[receipt.kind], isSale: !isReturn, total },
      title: `${isReturn ? words.return : words.receipt} · ${total}`,
      when: momentText(receipt.soldAt, locale),
      shop: shop ? wholePlace(shop, locale) : receipt.shop,
      till: words.till.replace("{till}", String(receipt.till)),
      uid: fiscal?.uid ?? null,
      lines: lines.map(({ no, name, sku, quantityMilli, amountMinor }) => ({
        no,
        name: name ?? sku,
        page: pages.get(sku) ?? null,
        quantity: quantityMilli === 1_000 ? null : `× ${(quantityMilli / 1_000).toLocaleString(locale)}`,
        amount: money(amountMinor, locale),
        why: reasons.find(({ line }) => line === no)?.says ?? [],
      })),
      paid: redeemed && redeemed.points > 0 ? pointsText(redeemed.points, locale) : null,
      points: isReturn
        ? [
            ...(receipt.redeemed > 0 ? [{ says: words.restored, points: pointsText(receipt.redeemed, locale) }] : []),
            { says: words.clawed, points: pointsText(receipt.earned, locale) },
          ]
        : [{ says: words.earned, points: pointsText(receipt.earned, locale) }],
      why: reasons.filter(({ line }) => !lines.some(({ no }) => no === line)),
    }
  })
}
