import { cardsOf } from "@mila/cards"
import { type Db, dayIn, type Job, kopecksTyped, MINSK, Refusal, type Tx } from "@mila/kernel"
import {
  askNewNumber,
  canonicalEmail,
  canonicalPhone,
  changePhone,
  confirmNewNumber,
  dropNewNumber,
  endSessions,
  livingMember,
  memberByPhone,
  type NewNumber,
  newNumbersDue,
  parkedUnderNumber,
  type Person,
  personOf,
  provenEmailOf,
} from "@mila/members"
import { queueMessage } from "@mila/messages"
import { receiptsOf } from "@mila/tills"
import { oneByOne } from "./one-by-one.ts"
import { endKeysGiven } from "./own-passes.ts"
import { dayInWords } from "./statement-words.ts"
import { tellMember, tellMemberEverywhere } from "./tell.ts"

type Asking = {
  oldPhone: string
  /** proven by a code */
  newPhone: string
  email: string
  /** the last four digits of a card of theirs, or the sum of their last receipt */
  fact: string
  /** where the letter's link leads, without its token */
  link: string
  at: Date
}

/**
 * Somebody lost their number: who has proven a new one and knows the account's old number, its proven e-mail address and a fact gets a letter there. Whether
 * anything fitted, nobody is told (equal answers). Refuses nothing: what does not fit leaves no trace.
 */
export async function askForNewNumber(tx: Tx, { oldPhone, newPhone, email, fact, link, at }: Asking): Promise<void> {
  const person = await ownerOf(tx, { oldPhone, email, fact })
  if (!person) return
  if (await memberByPhone(tx, newPhone)) return // whoever has an account on the new number joins the two instead
  const { token } = await askNewNumber(tx, { memberId: person.memberId, phone: newPhone, at })
  const params = { link: `${link}${token}`, lastDigits: newPhone.slice(-4) }
  const { memberId, locale } = person
  await queueMessage(tx, { memberId, channel: "email", to: person.email!, template: "new_number_asked", params, locale, at })
}

/** Who has the number now, or had it before the operator gave it away (`parkedUnderNumber`), if address and fact are theirs. */
async function ownerOf(tx: Tx, { oldPhone, email, fact }: Pick<Asking, "oldPhone" | "email" | "fact">): Promise<Person | undefined> {
  const wanted = emailIn(email)
  const member = await memberByPhone(tx, oldPhone)
  const ids = [...(member?.state === "active" ? [member.memberId] : []), ...(await parkedUnderNumber(tx, phoneIn(oldPhone)))]
  for (const memberId of ids) {
    const person = await personOf(tx, memberId)
    const email = provenEmailOf(person)
    if (person && email !== null && email === wanted && (await knowsFact(tx, { memberId, fact }))) return person
  }
  return undefined
}

/** The number in its one form; what is none is nobody's. */
function phoneIn(text: string): string {
  try {
    return canonicalPhone(text, { foreign: "allow" })
  } catch (error) {
    if (error instanceof Refusal) return ""
    throw error
  }
}

function emailIn(text: string): string | undefined {
  try {
    return canonicalEmail(text)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

async function knowsFact(tx: Tx, { memberId, fact }: { memberId: number; fact: string }): Promise<boolean> {
  const digits = fact.trim()
  if (/^\d{4}$/.test(digits)) {
    return (await cardsOf(tx, memberId)).some(
      ({ state, number }) => (state === "active" || state === "blocked") && number?.endsWith(digits),
    )
  }
  const last = (await receiptsOf(tx, { memberId, most: 5 })).find(({ kind }) => kind === "sale")
  return last !== undefined && kopecksTyped(fact) === last.totalMinor
}

/**
 * The letter was read: the number changes in two days; until then the old number, every address and every signed-in page can say no.
 * Refuses `new_number_unknown`.
 */
export async function confirmLostNumber(tx: Tx, { token, at }: { token: string; at: Date }): Promise<{ dueAt: Date }> {
  const { memberId, phone, dueAt, first } = await confirmNewNumber(tx, { token, at })
  const params = { day: dayInWords(dayIn(MINSK, dueAt)), lastDigits: phone.slice(-4) }
  if (first) await tellMemberEverywhere(tx, { memberId, template: "new_number_soon", params, at })
  return { dueAt }
}

/** "This was not me": nothing changes. Whether there was anything to stop. */
export const stopNewNumber = (tx: Tx, { memberId }: { memberId: number }): Promise<boolean> => dropNewNumber(tx, { memberId })

/**
 * Gives members the numbers they waited for, one transaction each; every session ends, and both numbers hear of it. What is refused, of who left or became
 * somebody else meanwhile, is dropped. Answers how many changed.
 */
async function changeLostNumbers(db: Db, { at }: { at: Date }): Promise<{ changed: number }> {
  const outcomes = await oneByOne(db, {
    next: async (tx, except) => (await newNumbersDue(tx, { at, most: 1, except }))[0],
    act: async (tx, asked) => {
      await dropNewNumber(tx, asked)
      return (await changeNumber(tx, asked, at)) ? "changed" : "dropped"
    },
    refused: async (tx, asked) => {
      await dropNewNumber(tx, asked)
      return "dropped"
    },
  })
  return { changed: outcomes.filter((outcome) => outcome === "changed").length }
}

async function changeNumber(tx: Tx, { memberId, phone }: NewNumber, at: Date): Promise<boolean> {
  if ((await livingMember(tx, memberId)) !== memberId) return false // they are somebody else now, with a number of their own
  if (await memberByPhone(tx, phone)) return false // somebody registered with it meanwhile
  const params = { lastDigits: phone.slice(-4) }
  await tellMember(tx, { memberId, template: "phone_changed", params, at }) // to the old number
  await changePhone(tx, { memberId, phone, at })
  await tellMemberEverywhere(tx, { memberId, template: "phone_changed", params, at })
  await endSessions(tx, { memberId, at })
  await endKeysGiven(tx, { memberId, at })
  return true
}

export const newNumberJob: Job = { name: "changeLostNumbers", cron: "*/10 * * * *", run: changeLostNumbers }
