import { z } from "@hono/zod-openapi"
import { CHANNELS } from "@mila/messages"
import { balanceAt, balancesOf, expiryCalendar, lotsOf } from "@mila/ledger"
import { expiryNoticesOf } from "@mila/loyalty"
import { day as toDay, dayIn, MINSK, type Tx } from "@mila/kernel"
import { askApproval } from "@mila/staff"
import { randomUUID } from "node:crypto"
import { ADJUSTMENT_REASONS } from "@mila/membership"
import { type Adjustment, carryOutAdjustment, needsSecondPerson, notTheirOwn, usualExpiry } from "./adjust.ts"
import { ADJUSTMENT_LIMITS } from "./context.ts"
import { answered, declare, type Office } from "./declare.ts"
import { byMember, knownMember } from "./members.routes.ts"
import { refuse } from "./refusals.ts"
import { Balance, day, instant, instantIn, whole } from "./schemas.ts"

const NOTHING = { pending: 0, available: 0, held: 0, owed: 0 }

/** What a member has: now or at any past moment, lot by lot, and when it ends. */
export function declareBalances(office: Office): void {
  declare(office, {
    ...{
      method: "get",
      path: "/members/{memberId}/balance",
      permission: "points.read",
      tag: "Points",
      summary: "The balance, now or at a past moment",
    },
    params: byMember,
    query: z.strictObject({ at: instantIn.optional() }),
    answer: z.object({ memberId: z.number(), at: instant, balance: Balance }),
    async act({ tx, at: now, params, query: { at } }) {
      const { memberId } = await knownMember(tx, params.memberId)
      return { memberId, at: at ?? now, balance: at ? await balanceAt(tx, { memberId, at }) : await balanceNow(tx, memberId) }
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/members/{memberId}/lots",
      permission: "points.read",
      tag: "Points",
      summary: "Open lots, soonest expiry first",
    },
    params: byMember,
    answer: z.object({
      lots: z.array(
        z.object({
          lotId: z.number(),
          state: z.enum(["pending", "available"]),
          activatesOn: day,
          expiresOn: day.openapi({ description: "The last usable day, in Minsk." }),
          remaining: z.number(),
          remindedOn: day.nullable(),
        }),
      ),
    }),
    async act({ tx, params }) {
      const { memberId } = await knownMember(tx, params.memberId)
      return { lots: await lotsOf(tx, memberId) }
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/members/{memberId}/expiry",
      permission: "points.read",
      tag: "Points",
      summary: "Points by their last usable day, and the reminders of it, the newest first",
    },
    params: byMember,
    answer: z.object({ days: z.array(ExpiryDay), notices: z.array(Notice) }),
    async act({ tx, params }) {
      const { memberId } = await knownMember(tx, params.memberId)
      return { days: await expiryCalendar(tx, { memberId }), notices: await expiryNoticesOf(tx, { memberId, most: 100 }) }
    },
  })
}

export const ExpiryDay = z.object({ day, points: z.number(), lots: z.number(), reminded: z.number() }).openapi("ExpiryDay")

const Notice = z
  .object({
    noticeId: z.number(),
    madeAt: instant,
    settledAt: instant.nullable(),
    state: z.enum(["waiting", "delivered", "offered"]).openapi({
      description:
        "offered: nobody could be told, so it stands in the account and is said at the till. While it waits, nothing of it expires.",
    }),
    channel: z.enum(CHANNELS).nullable(),
    points: z.number(),
    firstDay: day.openapi({ description: "The soonest last usable day it names, in Minsk." }),
  })
  .openapi("ExpiryNotice")

const NewAdjustment = z.strictObject({
  points: whole(-ADJUSTMENT_LIMITS.mostPoints, ADJUSTMENT_LIMITS.mostPoints)
    .refine((points) => points !== 0, "a correction changes something")
    .openapi({ description: "Above zero they are given, below they are taken." }),
  reason: z.enum(ADJUSTMENT_REASONS),
  expiresOn: day.optional().openapi({ description: "The last usable day of given points; half a year when left out." }),
})

/** Corrections by hand: bounded, with a reason, above a limit by two people, never one's own. */
export function declareAdjustments(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/members/{memberId}/adjustments", permission: "points.adjust", tag: "Points", status: 201, needsKey: true },
    summary: `Give or take points by hand; above ${ADJUSTMENT_LIMITS.alonePoints} it waits for a second person and answers 202`,
    params: byMember,
    body: NewAdjustment,
    answer: z.object({
      status: z.enum(["posted", "pending"]),
      approvalId: z.number().nullable(),
      transactionId: z.number().nullable(),
      balance: Balance,
    }),
    async act({ tx, at, staff, params, body: { points, reason, expiresOn }, note }) {
      const memberId = await notTheirOwn(tx, { memberId: params.memberId, staff })
      if (expiresOn !== undefined && toDay(expiresOn) < dayIn(MINSK, at)) refuse("out_of_range", { fields: ["expiresOn"] })
      const adjustment: Adjustment = { name: randomUUID(), memberId, points, reason, expiresOn: expiresOn ?? usualExpiry(at) }

      if (needsSecondPerson(points)) {
        const { approvalId } = await askApproval(tx, {
          kind: "points.adjust",
          object: `member:${memberId}`,
          request: adjustment,
          by: staff.staffId,
          at,
        })
        await note("points.adjust-ask", `approval:${approvalId}`, { memberId, points, reason })
        return answered(202, { status: "pending" as const, approvalId, transactionId: null, balance: await balanceNow(tx, memberId) })
      }
      const { transactionId, balance } = await carryOutAdjustment(tx, { adjustment, staff, at })
      await note("points.adjust", `adjustment:${adjustment.name}`, { memberId, points, reason })
      return { status: "posted" as const, approvalId: null, transactionId, balance }
    },
  })
}

async function balanceNow(tx: Tx, memberId: number) {
  return (await balancesOf(tx, [memberId])).get(memberId) ?? NOTHING
}
