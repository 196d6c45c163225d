import { dayIn, dayText, inTransaction, type Locale, looksLikeBankCardNumber, MINSK, momentText, type Tx } from "@mila/kernel"
import { hasPassword, isFreshlyProven, type NewNumber, newNumberOf, type Person, personOf, proveEmail, sessionsOf } from "@mila/members"
import {
  changeOwnEmail,
  changeOwnPassword,
  changeOwnPhone,
  endOwnSessions,
  proveByLetter,
  proveOwnPhone,
  readsLetter,
  stopNewNumber,
} from "@mila/membership"
import { redirect } from "react-router"
import { formText } from "../../parts/form-text.ts"
import { pathIn, safeNext } from "../../parts/address.ts"
import {
  askCode,
  askEmailCode,
  askOwnEmailCode,
  type FlowPurpose,
  proveCode,
  refusalOf,
  spendProof,
  stepOf,
} from "../../parts/flow.server.ts"
import { NEW_NUMBER } from "../../recover/number-words.ts"
import { type Refused, refused } from "../../words/refused.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { passesShown, removeOwnPass } from "./passes.server.ts"
import { actOnPasskeys, isPasskeyAct, passkeysShown, provedWithPasskey } from "./passkeys.server.ts"
import { DEVICES } from "./words.ts"

const FLOWS: readonly FlowPurpose[] = ["confirm", "change_phone", "change_email", "prove_email"]

/** Where the member is signed in, and what they sign in with. */
export async function myDevices(
  visit: MemberVisit,
  { prove, done, letter }: { prove: string | null; done: string | null; letter: string | null },
) {
  const { db, clock, locale, session } = visit
  const at = clock.now()
  const words = DEVICES[locale]
  return inTransaction(db, async (tx) => {
    const person = await personOf(tx, session.memberId)
    const step = await stepOf(visit, tx, FLOWS)
    const proven = isFreshlyProven(session, at)
    return {
      words,
      done: done !== null && Object.hasOwn(words.done, done) ? words.done[done as keyof typeof words.done] : null,
      sessions: (await sessionsOf(tx, { memberId: session.memberId, at })).map(({ sessionId, device, seenAt }) => ({
        sessionId,
        device,
        here: sessionId === session.sessionId,
        seen: words.seen.replace("{at}", momentText(seenAt, locale, dayIn(MINSK, at))),
      })),
      passkeys: await passkeysShown(visit, tx),
      waits: waitsText(await newNumberOf(tx, session.memberId), locale),
      passes: await passesShown(visit, tx),
      hasPassword: await hasPassword(tx, session.memberId),
      phone: words.phoneNow.replace("{phone}", person?.maskedPhone ?? ""),
      email: words.emailNow.replace("{email}", person?.email ?? words.emailNone),
      emailWaits: person !== undefined && person.email !== null && !person.emailProven,
      letter: letter === null ? null : await letterShown(visit, tx, { letter, person }),
      proven,
      wantsProof: prove !== null && !proven,
      proveSays: words.proveSays.replace("{phone}", person?.maskedPhone ?? ""),
      codeFor: step.at === "code" ? { purpose: step.purpose!, says: words.codeFor.replace("{to}", step.phone) } : null,
    }
  })
}

/** Somebody came by the link of the letter that proves an address. Looking changes nothing: scanners of mail look too. */
async function letterShown(
  { clock, locale, session: { memberId } }: MemberVisit,
  tx: Tx,
  of: { letter: string; person?: Person | undefined },
) {
  const words = DEVICES[locale]
  if (!(await readsLetter(tx, { memberId, token: of.letter, at: clock.now() }))) return { says: words.letterBad, asks: false }
  if (of.person?.emailProven) return { says: words.done.emailProven, asks: false }
  return { says: words.letterSays.replace("{email}", of.person?.email ?? ""), asks: true }
}

/** Somebody asked for another number: until it changes, its owner may say no. */
function waitsText(asked: NewNumber | undefined, locale: Locale) {
  if (!asked?.dueAt) return null
  const { letterWaits, no } = NEW_NUMBER[locale]
  return { says: letterWaits.replace("{day}", dayText(dayIn(MINSK, asked.dueAt), locale)).replace("{last}", asked.phone.slice(-4)), no }
}

export type Answer = { refused: Refused; form: string }

const GRAVE: ReadonlySet<string> = new Set(["password", "ask-phone", "ask-email", "add-passkey", "wake-passkey", "remove-passkey"])

/** What changes how one signs in takes a fresh proof of who one is (security case A07): 401 otherwise. */
export async function actOnDevices(visit: MemberVisit, form: FormData, prove: string | null): Promise<Response | Answer> {
  const { clock, locale, session, cookies } = visit
  const act = formText(form, "act")
  const at = clock.now()
  const text = (name: string) => formText(form, name, 1_000)
  if ([text("phone"), text("email")].some((typed) => looksLikeBankCardNumber(typed)))
    return { refused: refused("bank_card_number", locale), form: act }
  if (GRAVE.has(act) && !isFreshlyProven(session, at)) return { refused: refused("reauth_required", locale), form: act }
  try {
    if (isPasskeyAct(act)) return back(visit, await actOnPasskeys(visit, act, form))
    switch (act) {
      case "end":
        return await ended(visit, Number(form.get("session")) || 0)
      case "stop-number":
        await inTransaction(visit.db, (tx) => stopNewNumber(tx, session))
        return back(visit, "numberStays")
      case "end-others":
        return await ended(visit, null)
      case "remove-pass":
        await removeOwnPass(visit, Number(form.get("pass")) || 0)
        return back(visit, "passRemoved")
      case "letter": {
        const read = { memberId: session.memberId, token: text("letter"), at }
        return back(visit, (await inTransaction(visit.db, (tx) => proveByLetter(tx, read))) ? "emailProven" : "letterBad")
      }
      case "password":
        return await newPassword(visit, text("password"))
      case "ask-proof":
      case "ask-phone":
      case "ask-email":
      case "ask-own-email":
        return await asked(visit, act, { phone: text("phone"), email: text("email"), prove })
      case "prove-passkey":
        return (await provedWithPasskey(visit, form)) ? goOn(visit, prove) : { refused: refused("passkey_failed", locale), form: act }
      case "cancel":
        cookies.forget("flow")
        return back(visit, null, prove)
      default:
        return await confirmed(visit, text("code"), prove)
    }
  } catch (error) {
    return { refused: refused(refusalOf(error), locale), form: act }
  }
}

function back({ locale }: MemberVisit, done: string | null, prove: string | null = null): Response {
  const query = new URLSearchParams([...(done ? [["done", done]] : []), ...(prove ? [["prove", prove]] : [])])
  return redirect(`${pathIn(locale, "/my/devices")}${query.size > 0 ? `?${query}` : ""}`)
}

/** Proven, back to what asked for the proof. */
const goOn = (visit: MemberVisit, prove: string | null): Response =>
  prove ? redirect(safeNext(pathIn(visit.locale, prove), visit.locale)) : back(visit, "proven")

async function ended(visit: MemberVisit, only: number | null): Promise<Response> {
  const { db, clock, session } = visit
  const which = only === null ? { except: session.sessionId } : { only }
  await inTransaction(db, (tx) => endOwnSessions(tx, { memberId: session.memberId, ...which, at: clock.now() }))
  return back(visit, "ended")
}

async function newPassword(visit: MemberVisit, password: string): Promise<Response> {
  const { db, clock, session } = visit
  await changeOwnPassword(db, { ...session, password, at: clock.now() })
  return back(visit, "password")
}

async function asked(
  visit: MemberVisit,
  act: string,
  { phone, email, prove }: { phone: string; email: string; prove: string | null },
): Promise<Response | Answer> {
  const { db, session, locale } = visit
  const own = act === "ask-proof" ? ((await inTransaction(db, (tx) => personOf(tx, session.memberId)))?.phone ?? "") : phone
  const { wait } =
    act === "ask-own-email"
      ? await askOwnEmailCode(visit, session)
      : act === "ask-email"
        ? await askEmailCode(visit, { email })
        : await askCode(visit, { purpose: act === "ask-proof" ? "confirm" : "change_phone", phone: own, by: "sms" })
  if (wait > 0) return { refused: refused("too_often", locale, { wait, field: act }), form: act }
  return back(visit, null, prove)
}

async function confirmed(visit: MemberVisit, code: string, prove: string | null): Promise<Response | Answer> {
  const { db, clock, session, locale, site, cookies } = visit
  const { memberId, sessionId } = session
  const at = clock.now()
  if (!(await proveCode(visit, { purposes: FLOWS, code }))) return { refused: refused("code_invalid", locale), form: "confirm" }
  const done = await inTransaction(db, async (tx) => {
    const { purpose } = await stepOf(visit, tx, FLOWS)
    const address = await spendProof(visit, tx, FLOWS)
    if (address === undefined) return "nothing"
    if (purpose === "confirm") return (await proveOwnPhone(tx, { memberId, sessionId, phone: address, at })) ? "proven" : "nothing"
    if (purpose === "change_phone") {
      await changeOwnPhone(tx, { memberId, sessionId, phone: address, phoneRules: site.phoneRules, at })
      return "phone"
    }
    if (purpose === "prove_email") return (await proveEmail(tx, { memberId, email: address, at })) ? "emailProven" : "nothing"
    await changeOwnEmail(tx, { memberId, email: address, locale, at })
    return "email"
  })
  cookies.forget("flow")
  return done === "proven" ? goOn(visit, prove) : back(visit, done)
}
