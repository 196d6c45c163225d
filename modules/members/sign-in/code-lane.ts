import type { Tx } from "@mila/kernel"
import { memberByPhone } from "../profiles.ts"
import { isKnownDevice } from "./known-devices.ts"

/** Who asks for a code: on which device, if it has a token, and in whose session, if somebody is signed in. */
export type Asker = { device: string | null; session: { sessionId: number; memberId: number } | null }

/** Whose asking is counted together: null is all strangers; a device the owner signed in on before, and a session of theirs, count alone. */
export type CodeLane = string | null

/**
 * In which lane a code for a phone is asked. Only the phone's own member has one: whoever asks for somebody else's number is a stranger to it, signed in or not.
 * The same is asked of the database for known and unknown phones.
 */
export async function codeLane(tx: Tx, { phone, device, session }: Asker & { phone: string }): Promise<CodeLane> {
  const memberId = (await memberByPhone(tx, phone))?.memberId ?? 0
  if (device !== null && (await isKnownDevice(tx, { device, memberId }))) return `device ${device}`
  return session?.memberId === memberId ? `session ${session.sessionId}` : null
}
