import type { Locale, Tx } from "@mila/kernel"
import { personOf, proveEmail } from "@mila/members"
import { queueMessage } from "@mila/messages"
import { type SentCode, sendEmailCode } from "./prove-address.ts"

/** For so long the letter that goes out at joining proves its address; later a code does. */
const LETTER_DAYS = 7

/** Writes to the address that was typed at joining, so that whoever joined proves it is theirs; `link` is where the letter leads, without its token. No address, or a proven one: no letter. */
export async function writeToProve(tx: Tx, { memberId, link, at }: { memberId: number; link: string; at: Date }): Promise<void> {
  const person = await personOf(tx, memberId)
  if (!person?.email || person.emailProven) return
  const { email: to, locale } = person
  const token = tx.secrets.seal("membership.prove-email", JSON.stringify([memberId, to, at.getTime()])).toString("base64url")
  await queueMessage(tx, { memberId, channel: "email", to, template: "email_to_prove", params: { link: `${link}${token}` }, locale, at })
}

type Letter = { memberId: number; token: string; at: Date }

/**
 * Whether a letter's token proves the address this member has now. It is worth something to them alone, signed in: a stranger who got the letter by a slip of the
 * pen proves nothing with it.
 */
export async function readsLetter(tx: Tx, { memberId, token, at }: Letter): Promise<boolean> {
  const sent = letterOf(tx, token)
  return (
    sent?.memberId === memberId &&
    at.getTime() - sent.sentAt <= LETTER_DAYS * 86_400_000 &&
    (await personOf(tx, memberId))?.email === sent.email
  )
}

/** The member answers the letter: the address is theirs. False where the letter is not, or no more. Harmless twice. */
export async function proveByLetter(tx: Tx, { memberId, token, at }: Letter): Promise<boolean> {
  if (!(await readsLetter(tx, { memberId, token, at }))) return false
  return proveEmail(tx, { memberId, email: letterOf(tx, token)!.email, at })
}

/** A code to the address the member has and has not proven. Answers the seconds to wait when a limit is reached. Refuses `email_invalid` where there is no address. */
export async function sendOwnEmailCode(
  tx: Tx,
  { memberId, ...asked }: { memberId: number; ip: string; locale: Locale; at: Date },
): Promise<SentCode | { retryAfterSeconds: number }> {
  const email = (await personOf(tx, memberId))?.email ?? ""
  return sendEmailCode(tx, { email, purpose: "prove_email", ...asked })
}

function letterOf(tx: Tx, token: string): { memberId: number; email: string; sentAt: number } | undefined {
  try {
    const [memberId, email, sentAt] = JSON.parse(
      tx.secrets.open("membership.prove-email", Buffer.from(token.slice(0, 1_000), "base64url")),
    ) as [number, string, number]
    return { memberId, email, sentAt }
  } catch {
    return undefined // changed, cut short, or sealed with another secret
  }
}
