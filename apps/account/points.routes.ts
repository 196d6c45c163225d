import { z } from "@hono/zod-openapi"
import { inTransaction } from "@mila/kernel"
import { levelOf, standingOf, statementPaper } from "@mila/membership"
import { statementCsv, statementPdf } from "@mila/papers"
import { shopsByCode } from "@mila/shops"
import { cameBack, claimPoints, explained, type LineTold, pointsClaimsOf, receiptOf, receiptsOf } from "@mila/tills"
import { chainName, RECEIPT_NAMES } from "./chain.ts"
import { type Account, forMembers, no, refuse } from "./declare.ts"
import { PointsOfDay } from "./home.routes.ts"
import { Movement, movementsOf, Reason, ShopNamed, shopNamed } from "./movements.ts"
import { Balance, day, instant, minor, next, paged, points, text } from "./schemas.ts"

const tag = "Points"

/** What a member has, what comes and what ends, and every movement with its reason. */
export function declarePoints(account: Account): void {
  forMembers(account, {
    ...{ method: "get", path: "/points", tag, name: "getPoints" },
    summary: "The balance, and the days ahead: when pending points come, when available ones end",
    answer: z.object({ balance: Balance, activations: z.array(PointsOfDay), expiries: z.array(PointsOfDay) }),
    async act({ tx, memberId }) {
      const { activations, expiries, ...balance } = await standingOf(tx, memberId)
      return { balance, activations, expiries }
    },
  })
  forMembers(account, {
    ...{ method: "get", path: "/points/movements", tag, name: "listMovements" },
    summary: "The history, newest first, each with its reasons: why so many, and why none",
    description: "With `only` a page may hold fewer than `limit`: go on until `next` is null.",
    query: z.strictObject({ ...paged(100, 30), only: z.enum(["plus", "minus"]).optional() }),
    answer: z.object({ movements: z.array(Movement), next }),
    async act({ tx, memberId, query: { cursor, limit, only }, locale }) {
      const before = cursor === undefined ? undefined : Number(cursor)
      if (before !== undefined && !Number.isSafeInteger(before)) refuse("malformed", { fields: ["cursor"] })
      const page = await movementsOf(tx, { memberId, before, most: limit, locale })
      const fits = ({ points: change }: { points: number }) => (only === "plus" ? change > 0 : only === "minus" ? change < 0 : true)
      return { movements: page.filter(fits), next: page.length === limit ? String(page.at(-1)!.id) : null }
    },
  })
  declareLevel(account)
  declareStatement(account)
}

const Level = z
  .object({
    ...{ level: z.string(), name: z.string() },
    turnoverMinor: minor.openapi({ description: "Bought in the last `windowMonths`." }),
    windowMonths: z.number().int(),
    next: z.object({ level: z.string(), name: z.string(), missingMinor: minor }).nullable(),
    falls: z
      .object({ level: z.string(), name: z.string(), on: day })
      .nullable()
      .openapi({ description: "To which level and when, if nothing is bought until then." }),
  })
  .openapi("Level")

function declareLevel(account: Account): void {
  forMembers(account, {
    ...{ method: "get", path: "/level", tag, name: "getLevel", summary: "The member's level, how far the next one is, when it would fall" },
    answer: z.object({ level: Level.nullable().openapi({ description: "Null where the programme has one level only." }) }),
    act: async ({ tx, memberId, locale, at }) => ({ level: await levelOf(tx, { memberId, locale, at }) }),
  })
}

function declareStatement(account: Account): void {
  for (const as of ["pdf", "csv"] as const)
    forMembers(account, {
      ...{ method: "get", path: `/points/statement.${as}`, tag, name: `getStatement${as === "pdf" ? "Pdf" : "Csv"}` },
      summary: as === "pdf" ? "The last thousand movements as a paper" : "The same as a table for a spreadsheet",
      files: [as === "pdf" ? "application/pdf" : "text/csv"],
      async file({ tx, memberId, locale, at }) {
        const words = { chain: chainName(locale), ...RECEIPT_NAMES[locale] }
        const paper = await statementPaper(tx, { memberId, words, locale, at })
        const bytes = as === "pdf" ? new Uint8Array(await statementPdf(paper, locale)) : statementCsv(paper, locale)
        return { type: as === "pdf" ? "application/pdf" : "text/csv; charset=utf-8", name: `mila-points.${as}`, bytes }
      },
    })
}

const ReceiptShown = z
  .object({
    receiptId: z.string(),
    kind: z.enum(["sale", "return"]),
    state: z.string(),
    soldAt: instant,
    shop: ShopNamed,
    totalMinor: minor.openapi({ description: "Of a return: what came back had cost." }),
    earned: points.openapi({ description: "Of a return: taken back." }),
    redeemed: points.openapi({ description: "Of a return: given back." }),
  })
  .openapi("Receipt")

/** Of a return whose sale no till has sent yet. */
const NOTHING_KNOWN = { lines: [] as LineTold[], totalMinor: 0 }

const Line = z.object({
  no: z.number().int(),
  name: z.string(),
  quantityMilli: z.number().int().openapi({ description: "Thousandths of a piece or a kilogram." }),
  amountMinor: minor,
})

/** Receipts, line by line with the reason of every number. */
export function declareReceipts(account: Account): void {
  const of = { tag: "Receipts" }
  forMembers(account, {
    ...{ method: "get", path: "/receipts", ...of, name: "listReceipts", summary: "The member's receipts, newest first" },
    query: z.strictObject(paged(100, 20)),
    answer: z.object({ receipts: z.array(ReceiptShown), next }),
    async act({ tx, memberId, query: { cursor, limit }, locale }) {
      const last = cursor === undefined ? undefined : await receiptOf(tx, { memberId, receiptId: cursor })
      if (cursor !== undefined && !last) refuse("malformed", { fields: ["cursor"] })
      const from = last ? { before: { soldAt: last.soldAt, receiptId: last.receiptId } } : {}
      const page = await receiptsOf(tx, { memberId, most: limit, ...from })
      const shops = await shopsByCode(
        tx,
        page.map(({ shop }) => shop),
      )
      const back = await cameBack(
        tx,
        page.flatMap(({ kind, receiptId }) => (kind === "return" ? [receiptId] : [])),
      )
      const receipts = page.map(({ shop, receiptId, totalMinor, ...receipt }) => ({
        ...{ ...receipt, receiptId, totalMinor: back.get(receiptId)?.totalMinor ?? totalMinor },
        shop: shopNamed(shop, shops.get(shop), locale),
      }))
      return { receipts, next: page.length === limit ? page.at(-1)!.receiptId : null }
    },
  })
  forMembers(account, {
    ...{ method: "get", path: "/receipts/{receiptId}", ...of, name: "getReceipt", codes: ["receipt_not_found"] },
    summary: "One receipt, line by line, and why it brought what it brought",
    params: z.object({ receiptId: text(100) }),
    answer: ReceiptShown.extend({
      till: z.number().int(),
      fiscalUid: z.string().nullable(),
      lines: z.array(Line),
      reasons: z.array(Reason),
    }),
    async act({ tx, memberId, params: { receiptId }, locale }) {
      const receipt = (await receiptOf(tx, { memberId, receiptId })) ?? refuse("receipt_not_found")
      const shop = (await shopsByCode(tx, [receipt.shop])).get(receipt.shop)
      const { fiscal, lines: sold = [] } = receipt.body as { fiscal?: { uid?: string }; lines?: LineTold[] }
      const back = receipt.kind === "return" ? ((await cameBack(tx, [receiptId])).get(receiptId) ?? NOTHING_KNOWN) : undefined
      const lines = (back?.lines ?? sold).map(({ name, sku, ...line }) => ({ ...line, name: name ?? sku }))
      const reasons = await explained(tx, receipt.explanation, locale)
      const told = { ...receipt, totalMinor: back?.totalMinor ?? receipt.totalMinor, lines, reasons }
      return { ...told, shop: shopNamed(receipt.shop, shop, locale), fiscalUid: fiscal?.uid ?? null }
    },
  })
  declareMissing(account, of)
}

const Claim = z
  .object({
    claimId: z.number().int(),
    fiscalUid: z.string(),
    soldOn: day,
    totalMinor: minor,
    state: z.enum(["waiting", "granted", "refused", "with_staff"]),
    reason: z.string().nullable(),
    receiptId: z.string().nullable(),
    earned: points.nullable(),
    askedAt: instant,
  })
  .openapi("PointsClaim")

function declareMissing(account: Account, of: { tag: string }): void {
  forMembers(account, {
    ...{ method: "get", path: "/points-claims", ...of, name: "listPointsClaims", summary: "Receipts whose points the member asked for" },
    answer: z.object({ claims: z.array(Claim) }),
    act: async ({ tx, memberId }) => ({ claims: await pointsClaimsOf(tx, { memberId }) }),
  })
  forMembers(account, {
    ...{ method: "post", path: "/points-claims", ...of, name: "claimPoints", status: 201 },
    codes: ["receipt_too_old", "receipt_claimed", "receipt_yours", "receipt_cancelled", "too_often"],
    summary: "Ask for the points of a receipt at which no card was shown",
    description:
      "Within 14 days. A receipt we have not got yet is waited for; asked for again meanwhile, it is the same claim. `dispute` sends a claimed one to a person.",
    body: z.strictObject({
      fiscalUid: z
        .string()
        .trim()
        .regex(/^[0-9A-Za-zА-Яа-яЁё\s-]{4,64}$/)
        .openapi({
          description: "УИ, as it stands on the receipt: 4 to 64 digits and letters; spaces, hyphens and small letters are forgiven.",
        }),
      soldOn: day.openapi({ description: "The day on the receipt, not one to come." }),
      totalMinor: minor.min(1),
      dispute: z.boolean().default(false),
    }),
    answer: Claim,
    async run({ memberId, body, at, context: { db } }) {
      const claim = await inTransaction(db, (tx) => claimPoints(tx, { memberId, ...body, soldOn: body.soldOn as never, at }))
      if (claim.state !== "refused" || claim.reason === null) return claim
      return no(REFUSED[claim.reason as keyof typeof REFUSED] ?? "receipt_claimed")
    },
  })
}

const REFUSED = { claimed: "receipt_claimed", yours: "receipt_yours", cancelled: "receipt_cancelled" } as const
