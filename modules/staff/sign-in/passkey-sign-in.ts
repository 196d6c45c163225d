import { type Db, inTransaction, statement, type Tx } from "@mila/kernel"
import { type PasskeySite, readSigned, verifiedSigned } from "@mila/kernel/passkeys"
import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server"
import { randomBytes } from "node:crypto"
import { record } from "../audit.ts"
import { staffHandle } from "./accept-passkey.ts"
import { CHALLENGE_MINUTES, makeChallenge, takeChallenge } from "./challenges.ts"
import { enter, isTold, type Place, recordRefused, type SignInOutcome } from "./enter.ts"
import { endKeysOf } from "./factors.ts"
import { countRefused, isKnownDevice, SIGN_IN_POLICY, takeUse } from "./limits.ts"

type PasskeyRow = { factorId: number; staffId: number; publicKey: Buffer; synced: boolean }

const byCredential = statement<PasskeyRow>(
  "staff.passkey_by_credential",
  `select factor.id "factorId", staff_id "staffId", public_key "publicKey", synced
     from staff.factor join staff.person on person.id = staff_id where credential_id = $1 and not doubted and state = 'active'`,
)
// the counter goes on, or the phone has none; two answers under one number cannot both pass
const usePasskey = statement<{ id: number }>(
  "staff.use_passkey",
  `update staff.factor set uses_counted = $2, used_at = now()
    where id = $1 and not doubted and (uses_counted < $2 or uses_counted = 0 and $2 = 0) returning id`,
)
const doubt = statement<{ id: number }>(
  "staff.doubt_passkey",
  "update staff.factor set doubted = true where id = $1 and not doubted returning id",
)

/** What a browser needs to sign in with whichever passkey it has, and the token of its flow, which has to come back with the answer; or the seconds to wait. It names nobody. */
export async function askToSignIn(
  tx: Tx,
  { site, ip }: { site: PasskeySite; ip: string },
): Promise<{ flow: string; options: PublicKeyCredentialRequestOptionsJSON } | { seconds: number }> {
  const seconds = await takeUse(tx, SIGN_IN_POLICY.asksPerNetwork, ip)
  if (seconds > 0) return { seconds }
  const flow = randomBytes(32).toString("base64url")
  const challenge = await makeChallenge(tx, `flow:${flow}`)
  const timeout = CHALLENGE_MINUTES * 60_000
  return { flow, options: { challenge, rpId: site.domain, allowCredentials: [], userVerification: "required", timeout } }
}

/**
 * Signs in with a passkey, whose phone verified its owner, and gives a person's key. `failed` is one answer for whatever is wrong; `wait` looked at nothing. The challenge is used
 * up in any case. A counter that did not go on means a copy: the passkey opens nothing any more and its owner's keys end.
 */
export async function signInWithPasskey(
  db: Db,
  { answer, flow, site, ...place }: Place & { answer: string; flow: string; site: PasskeySite },
): Promise<SignInOutcome> {
  const asked = await inTransaction(db, async (tx) => {
    const signed = readSigned(answer)
    const isOurs = signed !== undefined && (await takeChallenge(tx, { challenge: signed.challenge, asker: `flow:${flow}` }))
    const [found] = await byCredential(tx, [isOurs ? signed.credentialId : Buffer.alloc(16)])
    const isKnown = await isKnownDevice(tx, { staffId: found?.staffId ?? 0, device: place.device })
    const seconds = isKnown ? 0 : await takeUse(tx, SIGN_IN_POLICY.passkeyTriesPerNetwork, place.ip)
    return { signed: isOurs ? signed : undefined, found, seconds }
  })
  if (asked.seconds > 0) return { outcome: "wait", seconds: asked.seconds }
  const { signed, found } = asked
  const told = signed && (await verifiedSigned(signed, { site, publicKey: found?.publicKey ?? null }))
  const isTheirs = told && found && told.synced === found.synced && signed.handle === staffHandle(db, found.staffId)
  return inTransaction(db, async (tx) => {
    if (isTheirs && (await usePasskey(tx, [found.factorId, told.counter])).length > 0)
      return enter(tx, { ...found, by: "passkey", refused: 0, ...place })
    if (isTheirs && (await doubt(tx, [found.factorId])).length > 0) await doubted(tx, { ...found, at: place.at })
    const tries = await countRefused(tx)
    if (isTold(tries)) await recordRefused(tx, { object: "staff", tries, by: "passkey", at: place.at })
    return { outcome: "failed" }
  })
}

async function doubted(tx: Tx, { staffId, factorId, at }: { staffId: number; factorId: number; at: Date }): Promise<void> {
  await endKeysOf(tx, { staffId, keep: null, at })
  await record(tx, { staffId: null, action: "staff.factor-doubt", object: `staff:${staffId}`, at, details: { factorId } })
}
