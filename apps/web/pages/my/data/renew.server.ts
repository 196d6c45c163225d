import { dayIn, dayText, inTransaction, type Locale, MINSK } from "@mila/kernel"
import { type Asked, isOwnPurpose, newConsents, notNow, renewOwnConsents } from "@mila/membership"
import { type PublishedText } from "@mila/privacy"
import { redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { refusalOf } from "../../parts/flow.server.ts"
import { REGISTER } from "../../register/words.ts"
import { type Refused, refused } from "../../words/refused.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { RENEW } from "./renew-words.ts"

/** What is asked for anew, text by text with what changed in it, and what the terms will be. */
export async function renewals({ db, clock, locale, session: { memberId } }: MemberVisit) {
  const at = clock.now()
  const words = RENEW[locale]
  const { asked, coming } = await inTransaction(db, (tx) => newConsents(tx, { memberId, locale, at }))
  const shown = asked.map((one) => ({ ...one, says: reasonSaid(one, locale) }))
  return {
    words,
    labels: { ...REGISTER[locale].fields, ...words.fields },
    needed: shown.filter(({ isNeeded }) => isNeeded),
    asked: shown.filter(({ isNeeded }) => !isNeeded),
    coming: coming.map(({ text, changes }) => ({ text, changes, says: comesSaid(text, locale) })),
  }
}

const dayOf = (at: Date, locale: Locale): string => dayText(dayIn(MINSK, at), locale)

function reasonSaid({ why, isNeeded, text, holdsUntil }: Asked, locale: Locale): string {
  const { why: words } = RENEW[locale]
  const pattern = why === "changed" && !isNeeded ? words.changedAsked : words[why]
  return pattern.replace("{day}", dayOf(text.inForceFrom, locale)).replace("{until}", holdsUntil ? dayOf(holdsUntil, locale) : "")
}

/** That a wording is coming, and when. */
export const comesSaid = ({ title, inForceFrom }: PublishedText, locale: Locale): string =>
  RENEW[locale].comes.replace("{title}", title).replace("{day}", dayOf(inForceFrom, locale))

export type Answer = { refused: Refused; ticked: string[] }

/** Each text is answered for itself, or all are put off; what was not shown is not answered. */
export async function answerRenewal(
  { db, clock, locale, session: { memberId }, ip, deviceName }: MemberVisit,
  form: FormData,
): Promise<Response | Answer> {
  const at = clock.now()
  const shown = form.getAll("shown").map(String).filter(isOwnPurpose)
  if (form.get("act") === "later") {
    await inTransaction(db, (tx) => notNow(tx, { memberId, purposes: shown, at }))
    return redirect(pathIn(locale, "/my"))
  }
  const given = shown.flatMap((purpose) => {
    const version = Number(form.get(`consent_${purpose}`)) || 0
    return version > 0 ? [{ purpose, version }] : []
  })
  const how = { memberId, given, shown, locale, door: "web", origin: { ip, device: deviceName }, at } as const
  try {
    await inTransaction(db, (tx) => renewOwnConsents(tx, how))
    return redirect(`${pathIn(locale, "/my/data")}?done=renewed`)
  } catch (error) {
    return { refused: refused(refusalOf(error), locale), ticked: given.map(({ purpose }) => purpose) }
  }
}
