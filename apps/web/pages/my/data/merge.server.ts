import {
  addDays,
  counted,
  dayIn,
  dayText,
  inTransaction,
  type Locale,
  looksLikeBankCardNumber,
  MINSK,
  numberText,
  Refusal,
  type Tx,
} from "@mila/kernel"
import { isFreshlyProven, memberByPhone, mergesInto, UNMERGE_DAYS } from "@mila/members"
import { type Brought, mergeMemberships, previewMerge, undoMerge } from "@mila/membership"
import { redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { askAgain, askCode, proveCode, sentOf, spendProof, stepOf } from "../../parts/flow.server.ts"
import { formText } from "../../parts/form-text.ts"
import { SUBSCRIPTIONS } from "../subscriptions/words.ts"
import { isAsleep } from "../../sign-in/owner.server.ts"
import { type Refused, refused } from "../../words/refused.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { MERGE } from "./merge-words.ts"
import { DATA } from "./words.ts"

const FLOWS = ["merge"] as const

/** Where the person stands: asking for a code, typing it, looking at what would become of both; and what was joined before. */
export async function myMerge(visit: MemberVisit, done: string | null) {
  const { db, clock, locale, session } = visit
  const at = clock.now()
  const words = MERGE[locale]
  const { prove, proveSays, proveDo } = DATA[locale]
  return inTransaction(db, async (tx) => {
    const step = await stepOf(visit, tx, FLOWS)
    const found = step.at === "proven" ? await otherMember(visit, tx, step.address) : undefined
    return {
      words: { ...words, prove, proveSays, proveDo },
      proven: isFreshlyProven(session, at),
      done: done === "merged" ? words.done : done === "undone" ? words.undone : null,
      step: step.at,
      phone: step.at === "phone" ? "" : step.phone,
      sent: sentOf(step),
      nothing: found === "nobody" ? words.nobody : found === "same" ? words.same : null,
      preview: typeof found === "number" ? await previewed(tx, { from: found, into: session.memberId, at }, locale) : null,
      merges: (await mergesInto(tx, session.memberId)).map(({ mergeId, mergedAt, undoneAt }) => {
        const last = addDays(dayIn(MINSK, mergedAt), UNMERGE_DAYS)
        const open = undoneAt === null && at.getTime() - mergedAt.getTime() <= UNMERGE_DAYS * 86_400_000
        const until = words.undoUntil.replace("{day}", dayText(last, locale))
        return {
          ...{ mergeId, open, title: words.mergedOn.replace("{day}", dayText(dayIn(MINSK, mergedAt), locale)) },
          says: undoneAt !== null ? words.undoneSays : open ? until : words.settled,
        }
      }),
    }
  })
}

/** The member a proven phone belongs to, unless it is nobody's, the asker's own, or sleeps: there a code by SMS is not enough, and one signs in to it first. */
async function otherMember(visit: MemberVisit, tx: Tx, phone: string): Promise<number | "nobody" | "same"> {
  const other = await memberByPhone(tx, phone)
  if (other?.state !== "active") return "nobody"
  if (other.memberId === visit.session.memberId) return "same"
  return (await isAsleep(visit, tx, other.memberId)) ? "nobody" : other.memberId
}

async function previewed(tx: Tx, pair: { from: number; into: number; at: Date }, locale: Locale) {
  const words = MERGE[locale]
  try {
    const { from, into, together, ends } = await previewMerge(tx, { ...pair, locale })
    const sum = (of: (one: Brought) => number) => of(from) + of(into)
    const row = (title: string, of: (one: Brought) => number, least = -1, both = sum(of)) =>
      sum(of) > least ? [{ title, cells: [of(from), of(into), both].map((number) => numberText(number, locale)) }] : []
    const levels = [from, into, together].map(({ level }) => level ?? "")
    const channels: Readonly<Record<string, string>> = { ...SUBSCRIPTIONS[locale].channels, profiling: SUBSCRIPTIONS[locale].profiling }
    return {
      name: from.maskedName,
      rows: [
        ...[...row(words.cards, ({ cards }) => cards), ...row(words.available, ({ available }) => available)],
        ...[...row(words.pending, ({ pending }) => pending), ...row(words.owed, ({ owed }) => owed, 0)],
        ...(together.level === null ? [] : [{ title: words.level, cells: levels }]),
        ...row(words.favourites, ({ favourites }) => favourites, 0, together.favourites),
        ...row(words.reviews, ({ reviews }) => reviews, 0, together.reviews),
      ],
      ends: ends.length === 0 ? null : words.ends.replace("{what}", ends.map((purpose) => channels[purpose] ?? purpose).join(", ")),
      twice: together.twice === 0 ? null : words.twice.replace("{things}", counted(together.twice, words.things, locale)),
      refused: null,
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { name: "", rows: [], ends: null, twice: null, refused: refused(error.code, locale) }
  }
}

export type Answer = { refused: Refused; phone: string }

/** Both phones are proven, this one by a recent sign-in, the other by a code of its own (security case A27). */
export async function actOnMerge(visit: MemberVisit, form: FormData): Promise<Response | Answer> {
  const { clock, locale, session, cookies } = visit
  const here = (done = "") => redirect(`${pathIn(locale, "/my/data/merge")}${done && `?done=${done}`}`)
  const phone = formText(form, "phone", 100)
  const no = (code: string, details = {}): Answer => ({ refused: refused(code, locale, details), phone })
  if (!isFreshlyProven(session, clock.now())) return no("reauth_required")
  if (looksLikeBankCardNumber(phone)) return { refused: refused("bank_card_number", locale), phone: "" }
  try {
    switch (formText(form, "step")) {
      case "send": {
        const { wait } = await askCode(visit, { purpose: "merge", phone, by: "sms" })
        return wait > 0 ? no("too_often", { wait, field: "phone" }) : here()
      }
      case "resend": {
        const { wait } = await askAgain(visit, { purposes: FLOWS, by: "sms" })
        return wait > 0 ? no("too_often", { wait }) : here()
      }
      case "code":
        return (await proveCode(visit, { purposes: FLOWS, code: formText(form, "code", 20) })) ? here() : no("code_invalid")
      case "merge":
        return form.get("sure") === "on" ? here((await merged(visit)) ? "merged" : "") : no("malformed", { field: "sure" })
      case "undo":
        await undone(visit, Number(form.get("merge")))
        return here("undone")
      default:
        cookies.forget("flow")
        return here()
    }
  } catch (error) {
    if (error instanceof Refusal) return no(error.code)
    throw error
  }
}

async function merged(visit: MemberVisit): Promise<boolean> {
  const { db, clock, session, cookies } = visit
  const into = session.memberId
  const done = await inTransaction(db, async (tx) => {
    const phone = await spendProof(visit, tx, FLOWS)
    const from = phone === undefined ? "nobody" : await otherMember(visit, tx, phone)
    if (typeof from !== "number") return false
    await mergeMemberships(tx, { from, into, door: "web", at: clock.now(), by: `member:${into}` })
    return true
  })
  cookies.forget("flow")
  return done
}

async function undone({ db, clock, session: { memberId } }: MemberVisit, mergeId: number): Promise<void> {
  if (!Number.isSafeInteger(mergeId)) throw new Refusal("merge_unknown")
  await inTransaction(db, (tx) => undoMerge(tx, { mergeId, memberId, door: "web", at: clock.now(), by: `member:${memberId}` }))
}
