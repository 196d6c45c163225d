import { dayIn, dayText, inTransaction, type Locale, looksLikeBankCardNumber, MINSK, momentText } from "@mila/kernel"
import { type Birthday, birthdayMovesFrom, changePerson, isFreshlyProven, type MemberEvent, memberHistory, personOf } from "@mila/members"
import { redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { refusalOf } from "../../parts/flow.server.ts"
import { formText } from "../../parts/form-text.ts"
import { REGISTER } from "../../register/words.ts"
import { type Refused, refused } from "../../words/refused.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { PERSON, type PersonWords } from "./person-words.ts"
import { DATA } from "./words.ts"

/** Name and birthday to be changed, and what changed before and by whose hand. */
export async function myPerson({ db, clock, locale, session }: MemberVisit) {
  const at = clock.now()
  const { memberId } = session
  const words = PERSON[locale]
  const { prove, proveSays, proveDo, title: back } = DATA[locale]
  const { given, family, patronymic, optional, birthday, birthdayHint, day, month, months } = REGISTER[locale]
  return inTransaction(db, async (tx) => {
    const person = await personOf(tx, memberId)
    const from = await birthdayMovesFrom(tx, { memberId, at })
    const today = dayIn(MINSK, at)
    const born = person?.birthday ?? null
    const rests = born ? words.birthdayNow : words.birthdayFrom
    return {
      words: { ...words, prove, proveSays, proveDo, back, given, family, patronymic, optional },
      fieldWords: { birthday, optional, day, month, months, birthdayHint: `${birthdayHint} ${words.birthdayRule}` },
      proven: isFreshlyProven(session, at),
      name: person?.name ?? { family: "", given: "", patronymic: null },
      birthday: born,
      rests: from && rests.replace("{day}", born ? dayOfYear(born, locale) : "").replace("{from}", dayText(from, locale)),
      history: (await memberHistory(tx, memberId))
        .toReversed()
        .flatMap((event) => historyShown(event, words))
        .slice(0, 30)
        .map(({ at: when, ...shown }) => ({ ...shown, when: momentText(when, locale, today) })),
    }
  })
}

/** «1 мая»: a birthday has no year here. */
const dayOfYear = ({ day, month }: Birthday, locale: Locale): string => `${day}\u00a0${REGISTER[locale].months[month - 1]}`

/** What of a member's history they would call a change of their data. */
function historyShown({ what, by, at, details }: MemberEvent, words: PersonWords) {
  const { name, birthday, birthYear } = details
  const says = {
    registered: words.registered,
    person_changed: birthYear ? words.birthYear : name === birthday ? words.both : name ? words.name : words.birthday,
    phone_changed: words.phone,
    email_changed: words.email,
    represented: words.represented,
    own_consent: words.ownConsent,
  }[what as string]
  const [hand, id = ""] = by.split(":")
  const who =
    hand === "member"
      ? words.self
      : hand === "representative"
        ? words.representative
        : hand === "staff"
          ? words.staff.replace("{id}", id)
          : words.house
  return says === undefined ? [] : [{ says, who, at }]
}

type Typed = { given: string; family: string; patronymic: string; birth_day: string; birth_month: string }
export type Answer = { refused: Refused; typed: Typed }

/** Name and birthday are changed with a fresh proof of who it is: whoever finds a phone unlocked does not become its owner. */
export async function changeMyself({ db, clock, locale, session }: MemberVisit, form: FormData): Promise<Response | Answer> {
  const at = clock.now()
  const { memberId } = session
  const text = (name: string) => formText(form, name, 200)
  const typed = {
    ...{ given: text("given"), family: text("family"), patronymic: text("patronymic") },
    ...{ birth_day: text("birth_day"), birth_month: text("birth_month") },
  }
  if (!isFreshlyProven(session, at)) return { refused: refused("reauth_required", locale), typed }
  if (Object.values(typed).some((one) => looksLikeBankCardNumber(one))) return { refused: refused("bank_card_number", locale), typed }
  try {
    await inTransaction(db, async (tx) => {
      const former = (await personOf(tx, memberId))?.birthday ?? null
      const name = { given: typed.given, family: typed.family, patronymic: typed.patronymic || null }
      await changePerson(tx, { memberId, name, birthday: birthdayIn(form, typed, former), at, by: `member:${memberId}` })
    })
    return redirect(`${pathIn(locale, "/my/data")}?done=saved`)
  } catch (error) {
    return { refused: refused(refusalOf(error), locale), typed }
  }
}

/** What the form says of the birthday: another one, none, or nothing at all where it could not be chosen. */
function birthdayIn(form: FormData, typed: Typed, former: Birthday | null): Birthday | null {
  if (form.get("forget") === "on") return null
  if (!form.has("birth_day")) return former
  const [month, day] = [Number(typed.birth_month), Number(typed.birth_day)]
  return month === 0 && day === 0 ? null : { month, day }
}
