import { z } from "@hono/zod-openapi"
import { addDays, dayIn, MINSK, startOfDay } from "@mila/kernel"
import { childOf, isUnder16, KINSHIPS } from "@mila/members"
import { correctPerson } from "@mila/membership"
import { consentHistory, disclosuresOf } from "@mila/privacy"
import { actionText, auditTrail } from "@mila/staff"
import { declare, type Office } from "./declare.ts"
import { othersOnly, purpose } from "./legal-requests.routes.ts"
import { Birthday, byMember, knownMember, Name } from "./members.routes.ts"
import { day, idIn, instant, instantIn, locale, most } from "./schemas.ts"

const YEAR = 365

/** A person's data as the law sees it: what they agreed to, and who received it. */
export function declarePrivacy(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/members/{memberId}/consents", permission: "privacy.read", tag: "Privacy" },
    summary: "Everything a member agreed to and withdrew, the latest first; the look is written down",
    params: byMember,
    answer: z.object({
      consents: z.array(
        z.object({
          ...{ purpose, what: z.enum(["given", "withdrawn"]), version: z.number(), locale },
          ...{ means: z.string(), door: z.string(), holdsUntil: instant.nullable(), at: instant, by: z.string() },
        }),
      ),
    }),
    async act({ tx, params, note }) {
      const { memberId } = await knownMember(tx, params.memberId)
      await note("member.consents", `member:${memberId}`)
      return { consents: await consentHistory(tx, memberId) }
    },
  })
  declare(office, {
    ...{ method: "get", path: "/members/{memberId}/disclosures", permission: "privacy.read", tag: "Privacy" },
    summary: "Whom a member's data was given to, the latest first; the year before today when nothing else is asked (Law 99-З, article 12)",
    params: byMember,
    query: z.strictObject({ since: instantIn.optional() }),
    answer: z.object({
      disclosures: z.array(
        z.object({
          recipient: z.string(),
          purpose: z.string(),
          basis: z.enum(["contract", "consent", "law"]),
          what: z.array(z.string()),
          at: instant,
        }),
      ),
    }),
    async act({ tx, at, params, query: { since }, note }) {
      const { memberId } = await knownMember(tx, params.memberId)
      await note("member.disclosures", `member:${memberId}`)
      const from = since ?? startOfDay(MINSK, addDays(dayIn(MINSK, at), -YEAR))
      return { disclosures: (await disclosuresOf(tx, { memberId, since: from })).map((one) => ({ ...one, what: [...one.what] })) }
    },
  })
}

/** Who consented for a member under sixteen. */
export function declareRepresentatives(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/members/{memberId}/representative", permission: "privacy.read", tag: "Privacy" },
    summary:
      "Who consented for a member under 16, or that a member of 16 was asked for their own consent; null for everybody else; the look is written down. " +
      "A representative withdraws on a page of their own, or by an application: its withdrawal of `child` ends the membership in three days",
    params: byMember,
    answer: z.object({
      represented: z
        .object({
          ...{ under16: z.boolean(), sixteenOn: day, kinship: z.enum(KINSHIPS) },
          representative: z
            .object({ maskedName: z.string(), maskedPhone: z.string(), memberId: z.number().nullable() })
            .nullable()
            .openapi({ description: "`memberId` if they are a member themselves; null once they are forgotten." }),
          ...{ agreedAt: instant, askedAt: instant.nullable(), silentAt: instant.nullable() },
        })
        .nullable(),
    }),
    async act({ tx, at, params, note }) {
      const { memberId } = await knownMember(tx, params.memberId)
      await note("member.representative", `member:${memberId}`)
      const child = await childOf(tx, memberId)
      if (!child) return { represented: null }
      const { sixteenOn, kinship, agreedAt, askedAt, silentAt, representative: theirs } = child
      const representative = theirs && { maskedName: theirs.maskedName, maskedPhone: theirs.maskedPhone, memberId: theirs.memberId }
      return { represented: { under16: isUnder16(sixteenOn, at), sixteenOn, kinship, representative, agreedAt, askedAt, silentAt } }
    },
  })
}

/** Who of the staff had a person's data in hand. */
export function declareLooks(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/members/{memberId}/looks", permission: "privacy.read", tag: "Privacy" },
    summary:
      "Who of the staff looked at a member's data or changed it, the latest first, in the words the member reads; this look is written down too",
    params: byMember,
    query: z.strictObject({ before: idIn.optional(), most }),
    answer: z.object({
      looks: z.array(z.object({ id: z.number(), at: instant, staffId: z.number().nullable(), action: z.string(), says: z.string() })),
    }),
    async act({ tx, locale, params, query: { before, most }, note }) {
      const { memberId } = await knownMember(tx, params.memberId)
      const trail = await auditTrail(tx, { object: `member:${memberId}`, most, ...(before === undefined ? {} : { before }) })
      await note("member.looks", `member:${memberId}`)
      return { looks: trail.map(({ details, ...entry }) => ({ ...entry, says: actionText(entry.action, details, locale) })) }
    },
  })
}

/** A name or a birthday put right at the person's wish, who is told of it. */
export function declareCorrection(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/members/{memberId}/correct", permission: "members.correct", tag: "Members" },
    summary:
      "Correct a member's name and birthday as they asked; they are told, and see who did it. Phone and e-mail they change themselves, with a code",
    params: byMember,
    body: z.strictObject({ name: Name, birthday: Birthday.nullable(), reason: z.enum(["call", "complaint", "legal_request"]) }),
    answer: z.object({ memberId: z.number(), changed: z.object({ name: z.boolean(), birthday: z.boolean() }) }),
    async act({ tx, at, by, staff, params, body: { name, birthday, reason }, note }) {
      const { memberId } = await knownMember(tx, params.memberId)
      await othersOnly(tx, { memberId, staff })
      const changed = await correctPerson(tx, { memberId, name, birthday, at, by })
      await note("member.correct", `member:${memberId}`, { reason, ...changed })
      return { memberId, changed }
    },
  })
}
