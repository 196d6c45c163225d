import { z } from "@hono/zod-openapi"
import { childOf, isUnder16, KINSHIPS } from "@mila/members"
import { consentAtSixteen, owesConsent } from "@mila/membership"
import { Purpose } from "./consent-schemas.ts"
import { type Account, forMembers } from "./declare.ts"
import { day, instant, whole } from "./schemas.ts"

const of = { tag: "Personal data" }

const Represented = z
  .object({
    under16: z.boolean().openapi({
      description: "No partner's card, no photos in reviews; advertising and personal offers are the representative's to agree to.",
    }),
    sixteenOn: day,
    kinship: z.enum(KINSHIPS),
    representative: z
      .object({ name: z.string(), phone: z.string() })
      .nullable()
      .openapi({ description: "Both shortened; null once they are forgotten." }),
    agreedAt: instant,
    ownConsent: z
      .object({ until: day.nullable() })
      .nullable()
      .openapi({ description: "Sixteen, and their own consent is asked for: until this day, or still, when it is null." }),
  })
  .openapi("Represented")

/** A representative's consent, and a person's own at sixteen. */
export function declareRepresentative(account: Account): void {
  forMembers(account, {
    ...{ method: "get", path: "/me/representative", ...of, name: "getRepresentative" },
    summary: "Who agreed for a member under 16, and when; or that a member of 16 is to agree themselves; null for everybody else",
    answer: z.object({ represented: Represented.nullable() }),
    async act({ tx, memberId, at }) {
      const child = await childOf(tx, memberId)
      if (!child) return { represented: null }
      const { representative, sixteenOn, kinship, agreedAt } = child
      const who = representative && { name: representative.maskedName, phone: representative.maskedPhone }
      const ownConsent = (await owesConsent(tx, { memberId, at })) ?? null
      return { represented: { under16: isUnder16(sixteenOn, at), sixteenOn, kinship, representative: who, agreedAt, ownConsent } }
    },
  })
  forMembers(account, {
    ...{ method: "post", path: "/me/own-consent", ...of, name: "consentMyself" },
    codes: ["child_unknown", "child_young", "consents_missing", "consent_text_outdated"],
    summary: "Agree oneself at 16, each text for itself, as at registration; the representative is forgotten",
    body: z.strictObject({ consents: z.array(z.strictObject({ purpose: Purpose, version: whole(1, 1_000_000) })).max(20) }),
    async act({ tx, memberId, session, body: { consents: given }, ip, locale, at }) {
      await consentAtSixteen(tx, { memberId, given, locale, door: "app", origin: { ip, device: session.device }, at })
    },
  })
}
