import { type Db, inTransaction, type Tx } from "@mila/kernel"
import {
  type CodePurpose,
  makeCode,
  memberByPhone,
  personOf,
  provenAddress,
  provenEmailOf,
  type SignedIn,
  takeOwnerTry,
  tryCode,
} from "@mila/members"
import { queueMessage } from "@mila/messages"
import { enter, type Place } from "./enter.ts"
import { knowsOwnerFact, type OwnerFact, ownerFactNeeded } from "./owner.ts"

/** What proved a phone, and on which device: a proof by any of these purposes leads to its account, and where that sleeps, to the question first. */
export type PhoneProof = { flow: string; purposes: readonly CodePurpose[]; device: string; dormantMonths: number; at: Date }

/** What an owner answers: a fact, or the code that went to the account's e-mail address in a flow of its own. */
export type OwnerAnswer = { fact: OwnerFact } | { letter: { flow: string; code: string } }

/** The member whose phone was proven and whose account sleeps; undefined where nothing was proven, nobody sleeps, or nobody is there. */
export async function sleeperProven(tx: Tx, { flow, purposes, ...here }: PhoneProof): Promise<number | undefined> {
  const phone = await provenBy(tx, { flow, purposes, spend: false, at: here.at })
  const member = phone === undefined ? undefined : await memberByPhone(tx, phone)
  if (member?.state !== "active") return undefined
  return (await ownerFactNeeded(tx, { memberId: member.memberId, ...here })) ? member.memberId : undefined
}

/** Who comes here has proven the account's phone: nobody else uses up their codes. */
const OWNER_LANE = "owner"

/** A code to the account's e-mail address, if it is proven. It is made, and counted, whether there is one or not; it is sent where there is one. */
export async function mailOwnerCode(tx: Tx, { memberId, ip, at }: { memberId: number; ip: string; at: Date }) {
  const person = await personOf(tx, memberId)
  const email = provenEmailOf(person)
  const made = await makeCode(tx, { purpose: "owner", address: email ?? `nobody:${memberId}`, lane: OWNER_LANE, ip, at })
  if (!("code" in made)) return made
  if (person && email)
    await queueMessage(tx, {
      ...{ memberId, channel: "email", to: email, template: "confirmation_code" },
      ...{ params: { code: made.code }, locale: person.locale, at },
    })
  return { ...made, isSent: email !== null }
}

/**
 * Whether somebody answers as the owner of a sleeping account would. Five answers a day are heard for an account; a try counts whatever becomes of it. One answer
 * for whatever was wrong.
 */
export async function answersAsOwner(
  db: Db,
  { memberId, answer, at }: { memberId: number; answer: OwnerAnswer; at: Date },
): Promise<{ outcome: "knows" | "wrong" } | { outcome: "wait"; seconds: number }> {
  const seconds = await inTransaction(db, (tx) => takeOwnerTry(tx, { memberId, at }))
  if (seconds > 0) return { outcome: "wait", seconds }
  const knows = await inTransaction(db, (tx) =>
    "fact" in answer ? knowsOwnerFact(tx, { memberId, fact: answer.fact }) : hasLetter(tx, { memberId, ...answer.letter, at }),
  )
  return { outcome: knows ? "knows" : "wrong" }
}

async function hasLetter(
  tx: Tx,
  { memberId, flow, code, at }: { memberId: number; flow: string; code: string; at: Date },
): Promise<boolean> {
  const proven = await tryCode(tx, { flow, purpose: "owner", code, at })
  return proven !== undefined && proven.address === provenEmailOf(await personOf(tx, memberId))
}

/** Signs in the owner of a sleeping account, who answered: the proof of the phone is used up. Undefined when it was used meanwhile, or is another's. */
export async function enterAsOwner(
  tx: Tx,
  { memberId, flow, purposes, ...here }: Place & Pick<PhoneProof, "flow" | "purposes"> & { memberId: number; at: Date },
): Promise<SignedIn | undefined> {
  const phone = await provenBy(tx, { flow, purposes, spend: true, at: here.at })
  const member = phone === undefined ? undefined : await memberByPhone(tx, phone)
  return member?.memberId === memberId ? enter(tx, { memberId, ...here }) : undefined
}

async function provenBy(
  tx: Tx,
  { flow, purposes, spend, at }: Pick<PhoneProof, "flow" | "purposes" | "at"> & { spend: boolean },
): Promise<string | undefined> {
  for (const purpose of purposes) {
    const phone = await provenAddress(tx, { flow, purpose, spend, at })
    if (phone !== undefined) return phone
  }
  return undefined
}
