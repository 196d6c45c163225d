import { type Db, inTransaction, Refusal, type Tx } from "@mila/kernel"
import { passwordFits } from "@mila/kernel/passwords"
import { memberByPhone } from "../profiles.ts"
import { canonicalPhone } from "../phone.ts"
import { forgiveAttempts, takeAttempt } from "./attempts.ts"
import { isKnownDevice, rememberDevice } from "./known-devices.ts"
import { passwordHashOf } from "./passwords.ts"
import { type SessionKind, startSession } from "./sessions.ts"

export type SignedIn = { memberId: number; sessionId: number; token: string; newDevice: boolean }

export type SignInAsked = {
  phone: string
  password: string
  /** the token of the device asking, whether it was here before or not */
  device: string
  /** what the person will know the device by: «Chrome, Android» */
  deviceName: string
  kind: SessionKind
  ip: string
  at: Date
}

/** No member has this id. */
const NOBODY = 0

/**
 * Signs in with phone and password. `failed` is one answer, in one time, for a wrong password, no password and no account; `wait` looked at nothing.
 * Strangers' tries slow down strangers, never a device that signed in before. The password is looked at between two transactions, not within one.
 * `told` runs in the transaction of the sign-in: whatever it queues is sent if, and only if, that commits.
 */
export async function signInWithPassword(
  db: Db,
  { phone, password, device, deviceName, kind, ip, at }: SignInAsked,
  told: (tx: Tx, signedIn: SignedIn) => Promise<void> = async () => undefined,
): Promise<({ outcome: "signed_in" } & SignedIn) | { outcome: "failed" } | { outcome: "wait"; seconds: number }> {
  const asked = await inTransaction(db, async (tx) => {
    const canonical = canonicalOrAsItIs(phone)
    const found = await memberByPhone(tx, canonical)
    const member = found?.state === "active" ? found : undefined
    const asIf = member?.memberId ?? NOBODY // who is not known costs as many questions as who is
    const isKnown = await isKnownDevice(tx, { device, memberId: asIf })
    const attempt = { phone: canonical, device: isKnown ? device : null }
    const seconds = await takeAttempt(tx, { ...attempt, ip, at })
    return { seconds, attempt, memberId: member?.memberId, hash: await passwordHashOf(tx, asIf) }
  })
  if (asked.seconds > 0) return { outcome: "wait", seconds: asked.seconds }
  const { memberId, hash, attempt } = asked
  if (!(await passwordFits(password, hash)) || memberId === undefined) return { outcome: "failed" }
  return inTransaction(db, async (tx) => {
    await forgiveAttempts(tx, attempt)
    const proves = attempt.device !== null // whoever has stolen a password has not stolen the phone
    const signedIn = await beginHere(tx, { memberId, device, deviceName, kind, proves, at })
    await told(tx, signedIn)
    return { outcome: "signed_in", ...signedIn }
  })
}

type Beginning = {
  memberId: number
  device: string
  deviceName: string
  kind: SessionKind
  passkeyId?: number | null
  /** false for a password typed on a device nobody was in before: it opens the account, but neither what is grave nor spending (A01) */
  proves?: boolean
  at: Date
}

/** Begins a session of somebody whose identity the caller has proven, by a code, a passkey or at registration, and knows the device from now on. */
export async function beginHere(
  tx: Tx,
  { memberId, device, deviceName, kind, passkeyId = null, proves = true, at }: Beginning,
): Promise<SignedIn> {
  const newDevice = !(await isKnownDevice(tx, { device, memberId }))
  await rememberDevice(tx, { device, memberId, at })
  const { token, sessionId } = await startSession(tx, { memberId, kind, device: deviceName, passkeyId, proves, at })
  return { memberId, sessionId, token, newDevice }
}

/** What is no phone number belongs to nobody, and is counted like one that does. */
function canonicalOrAsItIs(phone: string): string {
  try {
    return canonicalPhone(phone, { foreign: "allow" })
  } catch (error) {
    if (error instanceof Refusal) return phone.slice(0, 40)
    throw error
  }
}
