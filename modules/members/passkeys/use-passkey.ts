import { type Db, inTransaction, networkOf, type Tx } from "@mila/kernel"
import { type PasskeySite, readSigned, type SignedAnswer, verifiedSigned } from "@mila/kernel/passkeys"
import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server"
import { holdStill } from "../lock.ts"
import { isKnownDevice } from "../sign-in/known-devices.ts"
import { takeUses } from "../sign-in/limits.ts"
import { proveSession, type SessionKind } from "../sign-in/sessions.ts"
import { beginHere, type SignedIn } from "../sign-in/sign-in.ts"
import { descriptors, memberHandle } from "./add-passkey.ts"
import { type Asker, type ChallengePurpose, makeChallenge, PASSKEY_POLICY, takeChallenge } from "./challenges.ts"
import { passkeyByCredential, passkeysOf, usePasskey } from "./passkeys.ts"

type Options = { options: PublicKeyCredentialRequestOptionsJSON } | { retryAfterSeconds: number }
type Doubted = { memberId: number; passkeyId: number }

export type PasskeySignIn = {
  /** the JSON of the browser's credential */
  answer: string
  site: PasskeySite
  /** the token of the device asking, whether it was here before or not */
  device: string
  deviceName: string
  kind: SessionKind
  ip: string
  at: Date
}

/** What is queued in the transaction it is about: of a sign-in, or of a passkey that turned out to have a copy. */
export type PasskeyTold = {
  signedIn?: (tx: Tx, signedIn: SignedIn) => Promise<void>
  doubted?: (tx: Tx, doubted: Doubted) => Promise<void>
}

/**
 * What a browser needs to sign in with whichever passkey it has (`PublicKeyCredentialRequestOptionsJSON`), asked by a device of which nothing is known;
 * or the seconds to wait. It names nobody, so it is the same for everybody.
 */
export function askToSignIn(
  tx: Tx,
  { device, ip, site, at }: { device: string; ip: string; site: PasskeySite; at: Date },
): Promise<Options> {
  const limits = [
    { limit: PASSKEY_POLICY.asksPerNetwork, key: networkOf(ip) },
    { limit: PASSKEY_POLICY.asksInAll, key: "" },
  ]
  return ask(tx, { purpose: "sign_in", asker: `device:${device}`, limits, site, at, allowCredentials: [] })
}

/** The same for who is signed in and has to prove that it is still them: with one of their own passkeys that are awake. */
export async function askToProve(
  tx: Tx,
  { memberId, sessionId, site, at }: { memberId: number; sessionId: number; site: PasskeySite; at: Date },
): Promise<Options> {
  const held = (await passkeysOf(tx, memberId)).filter(({ state }) => state === "awake")
  const limits = [{ limit: PASSKEY_POLICY.proofsPerMember, key: String(memberId) }]
  return ask(tx, { purpose: "prove", asker: `session:${sessionId}`, limits, site, at, allowCredentials: descriptors(held, site) })
}

/**
 * Signs in with a passkey and nothing else. `failed` is one answer for whatever is wrong: an old or foreign challenge, another site, another key, nobody
 * verified, a passkey that was removed, sleeps or is doubted, somebody who left. `wait` looked at nothing. The challenge is used up in any case.
 */
export async function signInWithPasskey(
  db: Db,
  { answer, site, device, deviceName, kind, ip, at }: PasskeySignIn,
  { signedIn = async () => undefined, doubted }: PasskeyTold = {},
): Promise<({ outcome: "signed_in" } & SignedIn) | { outcome: "failed" } | { outcome: "wait"; seconds: number }> {
  const asked = await inTransaction(db, async (tx) => {
    const given = await lookUp(tx, { answer, purpose: "sign_in", asker: `device:${device}`, at })
    const isKnown = given?.key !== undefined && (await isKnownDevice(tx, { device, memberId: given.key.memberId }))
    const tries = [{ limit: PASSKEY_POLICY.triesPerNetwork, key: networkOf(ip) }]
    return { given, seconds: isKnown ? 0 : await takeUses(tx, tries, at) }
  })
  if (asked.seconds > 0) return { outcome: "wait", seconds: asked.seconds }
  const verified = await verify(db, asked.given, { site, needsHandle: true })
  if (!verified) return { outcome: "failed" }
  return inTransaction(db, async (tx) => {
    if (!(await counted(tx, { ...verified, at, doubted }))) return { outcome: "failed" }
    const { memberId, passkeyId } = verified
    const begun = await beginHere(tx, { memberId, device, deviceName, kind, passkeyId, at })
    await signedIn(tx, begun)
    return { outcome: "signed_in", ...begun }
  })
}

/** A session proves with a passkey of its own member that it is still them. False, always alike, when it doesn't; the challenge is used up in any case. */
export async function proveWithPasskey(
  db: Db,
  { memberId, sessionId, answer, site, at }: { memberId: number; sessionId: number; answer: string; site: PasskeySite; at: Date },
  { doubted }: Pick<PasskeyTold, "doubted"> = {},
): Promise<boolean> {
  const asker = `session:${sessionId}` as const
  const given = await inTransaction(db, (tx) => lookUp(tx, { answer, purpose: "prove", asker, at }))
  const verified = await verify(db, given, { site, needsHandle: false })
  if (verified?.memberId !== memberId) return false
  return inTransaction(db, async (tx) => {
    if (!(await counted(tx, { ...verified, at, doubted }))) return false
    await proveSession(tx, { sessionId, at })
    return true
  })
}

type Asking = {
  purpose: ChallengePurpose
  asker: Asker
  limits: Parameters<typeof makeChallenge>[1]["limits"]
  site: PasskeySite
  at: Date
  allowCredentials: ReturnType<typeof descriptors>
}

async function ask(tx: Tx, { site, allowCredentials, ...asking }: Asking): Promise<Options> {
  const made = await makeChallenge(tx, asking)
  if (!("challenge" in made)) return made
  const timeout = PASSKEY_POLICY.challengeMinutes * 60_000
  return { options: { challenge: made.challenge, rpId: site.domain, allowCredentials, userVerification: "required", timeout } }
}

type Given = { signed: SignedAnswer; key: Awaited<ReturnType<typeof passkeyByCredential>> }

/** Uses the challenge up and finds the key; undefined when this is no answer to anything we asked of whoever sends it. */
async function lookUp(
  tx: Tx,
  { answer, purpose, asker, at }: { answer: string; purpose: ChallengePurpose; asker: Asker; at: Date },
): Promise<Given | undefined> {
  const signed = readSigned(answer)
  if (!signed || !(await takeChallenge(tx, { challenge: signed.challenge, purpose, asker, at }))) return undefined
  return { signed, key: await passkeyByCredential(tx, signed.credentialId) }
}

type Verified = { memberId: number; passkeyId: number; counter: number }

/** Outside of any transaction. Whoever signs in without saying who they are is named by the phone, and it has to name the owner of the key. */
async function verify(
  db: Pick<Db, "secrets">,
  given: Given | undefined,
  { site, needsHandle }: { site: PasskeySite; needsHandle: boolean },
): Promise<Verified | undefined> {
  if (!given) return undefined
  const { signed, key } = given
  const told = await verifiedSigned(signed, { site, publicKey: key?.publicKey ?? null })
  if (!told || !key || told.synced !== key.synced) return undefined
  const named = signed.handle ?? (needsHandle ? null : memberHandle(db, key.memberId))
  if (named !== memberHandle(db, key.memberId)) return undefined
  return { memberId: key.memberId, passkeyId: key.passkeyId, counter: told.counter }
}

/** The use counts, of somebody who is still a member, with a passkey that is awake and has no copy. */
async function counted(
  tx: Tx,
  { memberId, passkeyId, counter, at, doubted }: Verified & { at: Date; doubted: PasskeyTold["doubted"] },
): Promise<boolean> {
  const held = await holdStill(tx, memberId)
  if (held?.memberId !== memberId || held.state !== "active") return false
  const used = await usePasskey(tx, { passkeyId, counter, at })
  if (used === "doubted") await doubted?.(tx, { memberId, passkeyId })
  return used === "used"
}
