import { dayText, inTransaction } from "@mila/kernel"
import { consentAtSixteen, owesConsent } from "@mila/membership"
import { ASKED, currentTexts, NEEDED } from "@mila/privacy"
import { redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { refusalOf } from "../../parts/flow.server.ts"
import { REGISTER } from "../../register/words.ts"
import { type Refused, refused } from "../../words/refused.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { SIXTEEN } from "./words.ts"

/** What somebody who is sixteen reads before they agree themselves; whoever has nothing to answer goes home. */
export async function ownConsent({ db, clock, locale, session: { memberId } }: MemberVisit) {
  const at = clock.now()
  const words = SIXTEEN[locale]
  return inTransaction(db, async (tx) => {
    const owes = await owesConsent(tx, { memberId, at })
    if (!owes) return redirect(pathIn(locale, "/my"))
    const texts = await currentTexts(tx, locale, at)
    return {
      words,
      labels: REGISTER[locale].fields,
      says: owes.until ? words.until.replace("{day}", dayText(owes.until, locale)) : words.late,
      needed: NEEDED.map((purpose) => texts.get(purpose)!),
      asked: ASKED.map((purpose) => texts.get(purpose)!),
    }
  })
}

export type Answer = { refused: Refused; ticked: string[] }

/** They agree, each text for itself. */
export async function consentMyself(visit: MemberVisit, form: FormData): Promise<Response | Answer> {
  const { db, clock, locale, session, ip, deviceName } = visit
  const given = [...NEEDED, ...ASKED].flatMap((purpose) => {
    const version = Number(form.get(`consent_${purpose}`)) || 0
    return version > 0 ? [{ purpose, version }] : []
  })
  const how = { locale, door: "web", origin: { ip, device: deviceName }, at: clock.now() } as const
  try {
    await inTransaction(db, (tx) => consentAtSixteen(tx, { memberId: session.memberId, given, ...how }))
    return redirect(`${pathIn(locale, "/my/data")}?done=given`)
  } catch (error) {
    return { refused: refused(refusalOf(error), locale), ticked: given.map(({ purpose }) => purpose) }
  }
}
