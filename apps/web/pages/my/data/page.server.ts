import {
  addDays,
  counted,
  type Day,
  dayIn,
  dayText,
  inTransaction,
  type Locale,
  looksLikeBankCardNumber,
  MINSK,
  momentText,
  startOfDay,
} from "@mila/kernel"
import { type Leaving, leavingOf, type Person, personOf } from "@mila/members"
import { giveOwnConsents, isOwnPurpose, newConsents, ownRequests, recipientName, withdrawOwnConsents } from "@mila/membership"
import {
  ASKED,
  type ConsentEvent,
  currentTexts,
  type Disclosure,
  disclosuresOf,
  heldBy,
  isPurpose,
  type Purpose,
  PURPOSES,
  type RequestKind,
} from "@mila/privacy"
import { actionText, auditTrail } from "@mila/staff"
import { redirect } from "react-router"
import { formText } from "../../parts/form-text.ts"
import { pathIn } from "../../parts/address.ts"
import { refusalOf } from "../../parts/flow.server.ts"
import { REGISTER } from "../../register/words.ts"
import { refused } from "../../words/refused.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { CHILD_DATA } from "./child-words.ts"
import { representationShown } from "./child.server.ts"
import { DESK } from "./desk-words.ts"
import { comesSaid } from "./renew.server.ts"
import { RENEW } from "./renew-words.ts"
import { type Answer, filing, requestShown } from "./requests.server.ts"
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
    const representation = await representationShown(tx, { memberId, held, locale, at })
    const isYoung = representation?.isYoung ?? false
    const disclosures = await disclosuresOf(tx, { memberId, since: startOfDay(MINSK, addDays(today, -YEAR)) })
    return {
      words,
      done: done === "renewed" ? RENEW[locale].done : doneText(done, words),
      renew: renewShown(await newConsents(tx, { memberId, locale, at }), locale),
      leaves: leavesText(await leavingOf(tx, memberId), { words, locale, today }),
      person: personShown(person, words, locale),
      representation,
      consents: (isYoung ? [...SHOWN, "child" as const] : SHOWN).map((purpose) =>
        consentShown({
          purpose,
          title: texts.get(purpose)!.title,
          version: texts.get(purpose)!.version,
          event: held.get(purpose),
          isYoung,
          words,
          locale,
        }),
      ),
      disclosures: disclosuresShown(disclosures, { locale, today }),
      looks: looksShown(await auditTrail(tx, { object: `member:${memberId}`, most: 50 }), { locale, today }),
      requests: (await ownRequests(tx, memberId)).map((request) => requestShown(request, { locale, today })),
      kinds: Object.entries(words.kinds),
    }
  })
}

/** Who of the staff looked, and what they did. */
function looksShown(looks: Awaited<ReturnType<typeof auditTrail>>, { locale, today }: { locale: Locale; today: Day }) {
  return looks
    .filter(({ staffId }) => staffId !== null)
    .map(({ staffId, action, details, at, id }) => ({
      id,
      who: DATA[locale].staff.replace("{id}", String(staffId)),
      says: actionText(action, details, locale),
      when: momentText(at, locale, today),
    }))
}

/** What waits for an answer, and what will be asked: one way to the page where it is read. */
function renewShown({ asked, coming }: Awaited<ReturnType<typeof newConsents>>, locale: Locale) {
  if (asked.length + coming.length === 0) return null
  const { panel, panelComing, bannerDo, read } = RENEW[locale]
  const says = [...asked.map(({ text }) => text.title), ...coming.map(({ text }) => comesSaid(text, locale))]
  return asked.length > 0 ? { title: panel, says, act: bannerDo } : { title: panelComing, says, act: read }
}

/** Whom the data went to, each recipient once for what they got and why, with how often and when last. */
function disclosuresShown(disclosures: readonly Disclosure[], { locale, today }: { locale: Locale; today: Day }) {
  const { times, sharedOften, sharedWhat, sharedFor } = DESK[locale]
  const alike = Map.groupBy(disclosures, ({ recipient, purpose, what }) => JSON.stringify([recipient, purpose, what]))
  return [...alike.values()].map((told) => {
    const { recipient, purpose, what, at } = told[0]!
    const when = momentText(at, locale, today)
    return {
      recipient: recipientName(recipient, locale),
      says: `${what.map((one) => inWords(sharedWhat, one)).join(", ")} · ${inWords(sharedFor, purpose)}`,
      when: told.length === 1 ? when : sharedOften.replace("{times}", counted(told.length, times, locale)).replace("{when}", when),
    }
  })
}

/** What has a word is said by it, the rest by its code. */
const inWords = (words: Readonly<Record<string, string>>, code: string): string => (Object.hasOwn(words, code) ? words[code]! : code)

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

function leavesText(
  leaving: Leaving | undefined,
  { words, locale, today }: { words: DataWords; locale: Locale; today: Day },
): string | null {
  return leaving ? words.leaveAsked.replace("{day}", dayText(dayIn(MINSK, leaving.leavesAt), locale, today)) : null
}

function doneText(done: string | null, words: DataWords): string | null {
  if (done === "withdrawn") return words.withdrawn
  if (done === "answered") return words.answeredDone
  if (done === "unlinked") return words.unlinked
  if (done === "given") return words.givenDone
  if (done === "saved") return words.saved
  if (done === "stays") return words.stays
  return done?.startsWith("due:") ? words.sent.replace("{day}", done.slice(4)) : null
}

type ToShow = {
  purpose: Purpose
  title: string
  version: number
  event: ConsentEvent | undefined
  isYoung: boolean
  words: DataWords
  locale: Locale
}

function consentShown({ purpose, title, version, event, isYoung, words, locale }: ToShow) {
  const says = consentState(event, { purpose, isYoung, words, locale })
  const act = consentAct(purpose, { isGiven: event !== undefined, isYoung })
  return { purpose, title, says, act, warns: withdrawalWarns(purpose, act, words), version }
}

/** What one touch takes along, said before it. */
export const withdrawalWarns = (purpose: Purpose, act: "withdraw" | "give" | null, words: DataWords): string | null =>
  purpose === "partner_card" && act === "withdraw" ? words.unlinks : null

type Standing = { purpose: Purpose; isYoung: boolean; words: DataWords; locale: Locale }

/** Since when it is given and until when it holds, or that it is not. */
export function consentState(event: ConsentEvent | undefined, { purpose, isYoung, words, locale }: Standing): string {
  if (!event) return isYoung && ASKED.includes(purpose) ? `${words.off}, ${CHILD_DATA[locale].theirs}` : words.off
  const day = (at: Date) => dayText(dayIn(MINSK, at), locale)
  return `${words.on.replace("{day}", day(event.at))}, ${event.holdsUntil ? words.until.replace("{day}", day(event.holdsUntil)) : words.always}`
}

/**
 * What one touch would do to it: nothing to what the contract rests on; a partner card is linked where its number is asked for, and for who is under sixteen
 * their representative agrees.
 */
export function consentAct(purpose: Purpose, { isGiven, isYoung }: { isGiven: boolean; isYoung: boolean }): "withdraw" | "give" | null {
  if (PURPOSES[purpose].basis === "contract" || purpose === "child" || (purpose === "partner_card" && !isGiven)) return null
  return isGiven ? "withdraw" : isYoung ? null : "give"
}

/** A consent given or withdrawn in one touch, a request taken. */
export async function actOnData(
  { db, clock, locale, session: { memberId }, ip, deviceName }: MemberVisit,
  form: FormData,
): Promise<Response | Answer> {
  const at = clock.now()
  const back = (done: string) => redirect(`${pathIn(locale, "/my/data")}?done=${encodeURIComponent(done)}`)
  const purpose = formText(form, "purpose")
  try {
    switch (formText(form, "act")) {
      case "withdraw":
        if (isPurpose(purpose)) await inTransaction(db, (tx) => withdrawOwnConsents(tx, { memberId, purposes: [purpose], door: "web", at }))
        return back(purpose === "partner_card" ? "unlinked" : "withdrawn")
      case "give": {
        const given = isOwnPurpose(purpose) ? [{ purpose, version: Number(form.get("version")) }] : []
        await inTransaction(db, (tx) =>
          giveOwnConsents(tx, { memberId, given, locale, door: "web", origin: { ip, device: deviceName }, at }),
        )
        return back("given")
      }
      default: {
        const kind = formText(form, "kind") as RequestKind
        const essence = formText(form, "essence", 2_000)
        if (!Object.hasOwn(DATA.ru.kinds, kind)) return { refused: refused("malformed", locale, { field: "kind" }) }
        if (looksLikeBankCardNumber(essence)) return { refused: refused("bank_card_number", locale) }
        const filed = { memberId, kind, essence: essence || DATA[locale].kinds[kind], anyway: form.get("anyway") === "on", locale, at }
        return await filing({ db, filed, essence }, back)
      }
    }
  } catch (error) {
    return { refused: refused(refusalOf(error), locale) }
  }
}
