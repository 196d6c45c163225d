import { addDays, dayIn, dayText, inTransaction, type Locale, MINSK, momentText, startOfDay } from "@mila/kernel"
import { type Person, personOf } from "@mila/members"
import {
  type ConsentEvent,
  currentTexts,
  disclosuresOf,
  giveConsents,
  heldBy,
  isPurpose,
  makeRequest,
  type Purpose,
  PURPOSES,
  type RequestKind,
  requestsOf,
  withdrawConsents,
} from "@mila/privacy"
import { auditTrail } from "@mila/staff"
import { redirect } from "react-router"
import { formText } from "../../parts/form-text.ts"
import { pathIn } from "../../parts/address.ts"
import { refusalOf } from "../../parts/flow.server.ts"
import { REGISTER } from "../../register/words.ts"
import { type Refused, refused } from "../../words/refused.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { DATA, type DataWords } from "./words.ts"

const YEAR = 365
const SHOWN: readonly Purpose[] = ["programme", "policy", "ads_sms", "ads_email", "ads_push", "profiling", "partner_card"]

/** What we hold of a person and on what ground, who saw it, and what they may ask of us. */
export async function myData({ db, clock, locale, session: { memberId } }: MemberVisit, done: string | null) {
  const at = clock.now()
  const words = DATA[locale]
  const today = dayIn(MINSK, at)
  return inTransaction(db, async (tx) => {
    const person = await personOf(tx, memberId)
    const held = await heldBy(tx, { memberId, at })
    const texts = await currentTexts(tx, locale, at)
    const disclosures = await disclosuresOf(tx, { memberId, since: startOfDay(MINSK, addDays(today, -YEAR)) })
    const looks = await auditTrail(tx, { object: `member:${memberId}`, most: 50 })
    return {
      words,
      done: doneText(done, words),
      person: personShown(person, words, locale),
      consents: SHOWN.map((purpose) =>
        consentShown({
          purpose,
          title: texts.get(purpose)!.title,
          version: texts.get(purpose)!.version,
          event: held.get(purpose),
          words,
          locale,
        }),
      ),
      disclosures: disclosures.slice(0, 50).map(({ recipient, purpose, what, at }) => ({
        recipient,
        says: `${what.join(", ")} · ${purpose}`,
        when: momentText(at, locale, today),
      })),
      looks: looks
        .filter(({ staffId }) => staffId !== null)
        .map(({ staffId, action, at, id }) => ({
          id,
          who: words.staff.replace("{id}", String(staffId)),
          action,
          when: momentText(at, locale, today),
        })),
      requests: (await requestsOf(tx, memberId)).map(({ requestId, kind, state, due, answer, madeAt }) => ({
        requestId,
        title: words.kinds[kind],
        when: momentText(madeAt, locale, today),
        state: words.states[state].replace("{day}", dayText(due, locale, today)),
        answer,
      })),
      kinds: Object.entries(words.kinds),
    }
  })
}

function personShown(person: Person | undefined, words: DataWords, locale: Locale) {
  const { months } = REGISTER[locale]
  return {
    name: [person?.name?.family, person?.name?.given, person?.name?.patronymic].filter(Boolean).join(" "),
    phone: person?.maskedPhone ?? words.none,
    email: person?.email ?? words.none,
    birthday: person?.birthday ? `${person.birthday.day}\u00a0${months[person.birthday.month - 1]}` : words.none,
    since: words.since.replace("{day}", person ? dayText(dayIn(MINSK, person.registeredAt), locale) : ""),
  }
}

function doneText(done: string | null, words: DataWords): string | null {
  if (done === "withdrawn") return words.withdrawn
  if (done === "given") return words.givenDone
  if (done === "saved") return words.saved
  return done?.startsWith("due:") ? words.sent.replace("{day}", done.slice(4)) : null
}

type ToShow = { purpose: Purpose; title: string; version: number; event: ConsentEvent | undefined; words: DataWords; locale: Locale }

function consentShown({ purpose, title, version, event, words, locale }: ToShow) {
  const day = (at: Date) => dayText(dayIn(MINSK, at), locale)
  const isNeeded = PURPOSES[purpose].basis === "contract"
  const says = event
    ? `${words.on.replace("{day}", day(event.at))}, ${event.holdsUntil ? words.until.replace("{day}", day(event.holdsUntil)) : words.always}`
    : words.off
  // a partner card is linked where its number is asked for
  const act = isNeeded || (purpose === "partner_card" && !event) ? null : event ? ("withdraw" as const) : ("give" as const)
  return { purpose, title, says, act, version }
}

export type Answer = { refused: Refused }

/** A consent given or withdrawn in one touch, a request taken. */
export async function actOnData(
  { db, clock, locale, session: { memberId }, ip, deviceName }: MemberVisit,
  form: FormData,
): Promise<Response | Answer> {
  const at = clock.now()
  const by = `member:${memberId}` as const
  const back = (done: string) => redirect(`${pathIn(locale, "/my/data")}?done=${encodeURIComponent(done)}`)
  const purpose = formText(form, "purpose")
  try {
    switch (formText(form, "act")) {
      case "withdraw":
        if (isPurpose(purpose))
          await inTransaction(db, (tx) => withdrawConsents(tx, { memberId, purposes: [purpose], means: "tick", door: "web", at, by }))
        return back("withdrawn")
      case "give": {
        const given = isPurpose(purpose) ? [{ purpose, version: Number(form.get("version")) }] : []
        await inTransaction(db, (tx) =>
          giveConsents(tx, { memberId, given, locale, means: "tick", door: "web", origin: { ip, device: deviceName }, at, by }),
        )
        return back("given")
      }
      default: {
        const kind = formText(form, "kind") as RequestKind
        const essence = formText(form, "essence", 2_000)
        if (!Object.hasOwn(DATA.ru.kinds, kind)) return { refused: refused("malformed", locale, { field: "kind" }) }
        const { due } = await inTransaction(db, (tx) =>
          makeRequest(tx, { memberId, kind, essence: essence || DATA[locale].kinds[kind], at, by }),
        )
        return back(`due:${dayText(due, locale, dayIn(MINSK, at))}`)
      }
    }
  } catch (error) {
    return { refused: refused(refusalOf(error), locale) }
  }
}
