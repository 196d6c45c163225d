import { z } from "@hono/zod-openapi"
import { giveOwnConsents, withdrawOwnConsents } from "@mila/membership"
import { consentHistory, currentTexts, heldBy, PURPOSES, textOf } from "@mila/privacy"
import { ConsentText, Purpose } from "./consent-schemas.ts"
import { type Account, forMembers, refuse } from "./declare.ts"
import { instant, instantOrNull, whole } from "./schemas.ts"

const of = { tag: "Personal data" }

const Consent = z
  .object({
    purpose: Purpose,
    title: z.string(),
    version: z.number().int().openapi({ description: "Of the text in force, to be agreed to." }),
    needed: z.boolean().openapi({ description: "Without it there is no membership: it ends by leaving." }),
    given: z.object({ version: z.number().int(), at: instant, holdsUntil: instantOrNull }).nullable(),
  })
  .openapi("Consent")

const byPurpose = z.object({ purpose: Purpose })
/** A representative agrees for a child elsewhere, by a code. */
const byOwnPurpose = z.object({ purpose: Purpose.exclude(["child"]).openapi("OwnPurpose") })

/** Every consent with the text that was agreed to, given and withdrawn in one touch. */
export function declareConsents(account: Account): void {
  forMembers(account, {
    ...{
      method: "get",
      path: "/me/consents",
      ...of,
      name: "listConsents",
      summary: "What the member agreed to; channels of advertising among it",
      description: "`child` only where a representative agreed for somebody under 16.",
    },
    answer: z.object({ consents: z.array(Consent) }),
    async act({ tx, memberId, locale, at }) {
      const [held, texts] = [await heldBy(tx, { memberId, at }), await currentTexts(tx, locale, at)]
      return {
        consents: [...texts.values()]
          .filter(({ purpose }) => purpose !== "child" || held.has(purpose))
          .map(({ purpose, title, version }) => {
            const needed = PURPOSES[purpose].basis === "contract"
            return { purpose, title, version, needed, given: held.get(purpose) ?? null }
          }),
      }
    },
  })
  forMembers(account, {
    ...{ method: "get", path: "/me/consents/{purpose}", ...of, name: "getConsent", codes: ["consent_unknown"] },
    summary: "The very text that was agreed to, or is in force, and everything that happened to it",
    params: byPurpose,
    answer: z.object({
      text: ConsentText,
      history: z.array(
        z.object({ what: z.enum(["given", "withdrawn"]), version: z.number().int(), means: z.string(), door: z.string(), at: instant }),
      ),
    }),
    async act({ tx, memberId, params: { purpose }, locale, at }) {
      const held = (await heldBy(tx, { memberId, at })).get(purpose)
      const found = (held ? await textOf(tx, held) : (await currentTexts(tx, locale, at)).get(purpose)) ?? refuse("consent_unknown")
      return { text: found, history: (await consentHistory(tx, memberId)).filter((event) => event.purpose === purpose) }
    },
  })
  declareConsentActs(account)
}

function declareConsentActs(account: Account): void {
  forMembers(account, {
    ...{ method: "put", path: "/me/consents/{purpose}", ...of, name: "giveConsent", codes: ["consent_text_outdated", "child_consent"] },
    summary: "Agree to the text in force",
    params: byOwnPurpose,
    body: z.strictObject({ version: whole(1, 1_000_000) }),
    async act({ tx, memberId, session, params: { purpose }, body: { version }, ip, locale, at }) {
      const how = { door: "app", origin: { ip, device: session.device }, locale, at } as const
      await giveOwnConsents(tx, { memberId, given: [{ purpose, version }], ...how })
    },
  })
  forMembers(account, {
    ...{ method: "delete", path: "/me/consents/{purpose}", ...of, name: "withdrawConsent", codes: ["consent_needed"] },
    summary: "Agree no more; from now on nothing is done under it",
    description: "`partner_card`: the partner's cards are unlinked, the points stay; say so before.",
    params: byPurpose,
    async act({ tx, memberId, params: { purpose }, at }) {
      await withdrawOwnConsents(tx, { memberId, purposes: [purpose], door: "app", at })
    },
  })
}
