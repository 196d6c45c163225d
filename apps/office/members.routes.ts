import { z } from "@hono/zod-openapi"
import { openPurses } from "@mila/ledger"
import {
  lockSpending,
  markEmployee,
  memberByPhone,
  memberHistory,
  type MemberProfile,
  personOf,
  profilesOf,
  registerMember,
  unmarkEmployee,
} from "@mila/members"
import { shopByCode } from "@mila/shops"
import type { Tx } from "@mila/kernel"
import { declare, type Office } from "./declare.ts"
import { refuse } from "./refusals.ts"
import { id, idIn, instant, locale, shopCode, text, whole } from "./schemas.ts"

const Member = z
  .object({
    memberId: z.number().openapi({ description: "The member alive: who was merged answers with whom they became." }),
    state: z.enum(["active", "left", "merged"]),
    maskedName: z.string(),
    locale,
    employee: z.boolean(),
    employeeAt: z.object({ shop: z.string(), till: z.number().nullable() }).nullable(),
    spendLocked: z.boolean().openapi({ description: "No points are spent, whatever card is shown; earning goes on." }),
    spendRestsUntil: instant
      .nullable()
      .openapi({ description: "After a change of phone, e-mail or password nothing is spent until then." }),
  })
  .openapi("Member")

export const Name = z.strictObject({ family: z.string().trim().max(100), given: text(100), patronymic: text(100).nullable().default(null) })
export const Birthday = z.strictObject({ month: whole(1, 12), day: whole(1, 31) })

const NewMember = z.strictObject({
  name: Name,
  phone: text(40).openapi({ example: "+375291112233" }),
  email: text(254).nullable().default(null),
  birthday: Birthday.nullable().default(null),
  locale: locale.default("ru"),
})

export const byMember = z.object({ memberId: idIn })

/** The member alive behind this number; refuses `member_unknown`. */
export async function knownMember(tx: Tx, memberId: number): Promise<MemberProfile> {
  return (await profilesOf(tx, [memberId])).get(memberId) ?? refuse("member_unknown", { memberId })
}

const shown = (profile: MemberProfile, at: Date) => ({ ...profile, spendRestsUntil: profile.spendRestsUntil(at) })

/** Members: register, find, look. Names are masked; seeing more is a look of its own, with a reason, written down. */
export function declareMembers(office: Office): void {
  declare(office, {
    ...{
      method: "post",
      path: "/members",
      permission: "members.write",
      tag: "Members",
      summary: "Register a member, with an empty purse",
      status: 201,
    },
    body: NewMember,
    answer: z.object({ memberId: id }),
    async act({ tx, at, by, body, note }) {
      const { memberId } = await registerMember(tx, { ...body, at, by })
      await openPurses(tx, { memberIds: [memberId] })
      await note("member.register", `member:${memberId}`)
      return { memberId }
    },
  })
  declare(office, {
    ...{ method: "post", path: "/members/search", permission: "members.read", tag: "Members", summary: "The member with this phone" },
    body: z.strictObject({ phone: text(40) }),
    answer: Member,
    async act({ tx, at, body: { phone }, note }) {
      const found = await memberByPhone(tx, phone)
      await note("member.search", found ? `member:${found.memberId}` : "member:none")
      return found ? shown(found, at) : refuse("member_unknown")
    },
  })
  declare(office, {
    ...{ method: "get", path: "/members/{memberId}", permission: "members.read", tag: "Members", summary: "A member, name masked" },
    params: byMember,
    answer: Member,
    async act({ tx, at, params: { memberId }, note }) {
      await note("member.see", `member:${memberId}`)
      return shown(await knownMember(tx, memberId), at)
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/members/{memberId}/history",
      permission: "members.read",
      tag: "Members",
      summary: "What happened to a member, oldest first",
    },
    params: byMember,
    answer: z.object({
      events: z.array(z.object({ what: z.string(), at: instant, by: z.string(), details: z.record(z.string(), z.unknown()) })),
    }),
    async act({ tx, params: { memberId } }) {
      await knownMember(tx, memberId)
      return { events: await memberHistory(tx, memberId) }
    },
  })
}

const Revealed = z
  .object({
    memberId: z.number(),
    name: z.object({ family: z.string(), given: z.string(), patronymic: z.string().nullable() }).nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    emailProven: z
      .boolean()
      .openapi({ description: "Whether the member has shown that the address is theirs; until then nothing is sent there." }),
    birthday: z.object({ month: z.number(), day: z.number() }).nullable(),
    registeredAt: instant,
  })
  .openapi("Person")

/** Looking at a person, and who of them works here. */
export function declarePeople(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/members/{memberId}/reveal", permission: "members.reveal", tag: "Members" },
    summary: "See a person's name, phone and e-mail; the look and its reason are written down",
    params: byMember,
    body: z.strictObject({ reason: z.enum(["call", "complaint", "legal_request", "fraud", "delivery"]) }),
    answer: Revealed,
    async act({ tx, params: { memberId }, body: { reason }, note }) {
      const { memberId: living } = await knownMember(tx, memberId)
      await note("member.reveal", `member:${living}`, { reason })
      return (await personOf(tx, living)) ?? refuse("member_unknown", { memberId })
    },
  })
  declare(office, {
    ...{ method: "put", path: "/members/{memberId}/employee", permission: "members.write", tag: "Members" },
    summary: "Say that a member works for the chain, and where; their own card earns nothing there",
    params: byMember,
    body: z.strictObject({ shop: shopCode.nullable(), till: whole(1, 9_999).nullable().default(null) }),
    answer: Member,
    async act({ tx, at, by, params: { memberId }, body: { shop, till }, note }) {
      if (shop !== null && !(await shopByCode(tx, shop))) refuse("shop_not_found", { code: shop })
      await markEmployee(tx, { memberId, worksAt: shop === null ? null : { shop, till }, at, by })
      await note("member.employee", `member:${memberId}`, { shop, till })
      return shown(await knownMember(tx, memberId), at)
    },
  })
  declare(office, {
    ...{
      method: "delete",
      path: "/members/{memberId}/employee",
      permission: "members.write",
      tag: "Members",
      summary: "They work for the chain no more",
    },
    params: byMember,
    answer: Member,
    async act({ tx, at, by, params: { memberId }, note }) {
      await unmarkEmployee(tx, { memberId, at, by })
      await note("member.no-employee", `member:${memberId}`)
      return shown(await knownMember(tx, memberId), at)
    },
  })
}

/** Spending closed and opened for a member, whatever card is shown. */
export function declareSpendLock(office: Office): void {
  for (const locked of [true, false]) {
    declare(office, {
      ...{ method: locked ? "put" : "delete", path: "/members/{memberId}/spend-lock", permission: "members.write", tag: "Members" },
      summary: locked ? "Let nobody spend a member's points, whatever card is shown; earning goes on" : "Let a member spend points again",
      params: byMember,
      answer: Member,
      async act({ tx, at, by, params: { memberId }, note }) {
        await lockSpending(tx, { memberId, locked, at, by })
        await note(locked ? "member.spend-lock" : "member.spend-unlock", `member:${memberId}`)
        return shown(await knownMember(tx, memberId), at)
      },
    })
  }
}
