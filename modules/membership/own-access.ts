import type { Db, Locale, Tx } from "@mila/kernel"
import { changeEmail, changePhone, endSessions, personOf, type PhoneRules, proveSession, type Session, setPassword } from "@mila/members"
import { queueMessage } from "@mila/messages"
import { endDevicesSignedOut } from "./own-cards.ts"
import { endKeysGiven } from "./own-passes.ts"
import { tellMember, tellMemberEverywhere } from "./tell.ts"

type Own = { memberId: number; at: Date }

/** Signs a member out at one place, or everywhere `except` one; phones signed out show no codes of cards any more. Answers how many places it were. */
export async function endOwnSessions(tx: Tx, own: Own & { only?: number; except?: number }): Promise<number> {
  const ended = await endSessions(tx, own)
  await endDevicesSignedOut(tx, own)
  return ended
}

/** Whether the phone a flow proved is the member's own: then this session is freshly proven. */
export async function proveOwnPhone(
  tx: Tx,
  { memberId, sessionId, phone, at }: Own & { sessionId: number; phone: string },
): Promise<boolean> {
  if ((await personOf(tx, memberId))?.phone !== phone) return false
  await proveSession(tx, { sessionId, at })
  return true
}

/** A new password; every other session ends, keys given to phones with them, and the member is told everywhere. Refuses what setPassword does. */
export function changeOwnPassword(
  db: Db,
  { memberId, sessionId, password, at }: Own & { sessionId: number; password: string },
): Promise<void> {
  return setPassword(db, { memberId, password, keep: sessionId, at }, async (tx) => {
    await endKeysGiven(tx, { memberId, at })
    await tellMemberEverywhere(tx, { memberId, template: "password_changed", params: {}, at })
  })
}

/** A new phone, proven by its code: both numbers and the address are told, every other session ends. Refuses what changePhone does. */
export async function changeOwnPhone(
  tx: Tx,
  { memberId, sessionId, phone, phoneRules, at }: Own & { sessionId: number; phone: string; phoneRules: PhoneRules },
): Promise<void> {
  const telling = { memberId, template: "phone_changed", params: { lastDigits: phone.slice(-4) }, at } as const
  await tellMemberEverywhere(tx, telling) // to the former number, and by e-mail
  await changePhone(tx, { memberId, phone, phoneRules, at })
  await tellMember(tx, telling)
  await endSessions(tx, { memberId, except: sessionId, at })
  await endKeysGiven(tx, { memberId, at })
}

/**
 * A new e-mail, the first or another, proven by its code: the phone, the former address, if it was proven, and the new one are told; it may lead back to the account
 * one day. Refuses what changeEmail does.
 */
export async function changeOwnEmail(tx: Tx, { memberId, email, locale, at }: Own & { email: string; locale: Locale }): Promise<void> {
  const person = await personOf(tx, memberId)
  const telling = { memberId, template: "email_changed", params: {}, at } as const
  await tellMemberEverywhere(tx, telling) // by SMS, and to the former address
  const { former } = await changeEmail(tx, { memberId, email, at })
  if (former !== email || !person?.emailProven)
    await queueMessage(tx, { ...telling, channel: "email", to: email, locale: person?.locale ?? locale })
}

/** Somebody holds a copy of an app's tokens, the thief or the owner: neither stays, and the member hears of it at every address. */
export async function endCopiedSession(tx: Tx, { session, at }: { session: Session; at: Date }): Promise<void> {
  const { memberId, sessionId, device } = session
  await endOwnSessions(tx, { memberId, only: sessionId, at })
  await tellMemberEverywhere(tx, { memberId, template: "session_copied", params: { device }, at })
}
