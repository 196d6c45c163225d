import { type Db, inTransaction, statement, type Tx } from "@mila/kernel"
import { ALGORITHMS, nameFor, type PasskeySite, readNewKey, verifiedNewKey } from "@mila/kernel/passkeys"
import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/server"
import { refuse } from "../refusals.ts"
import { CHALLENGE_MINUTES, makeChallenge, takeChallenge } from "./challenges.ts"
import { factorAdded } from "./factors.ts"
import { invitationFor, useInvitation } from "./invitations.ts"

const held = statement<{ credentialId: Buffer; transports: string[]; domain: string }>(
  "staff.passkeys",
  `select credential_id "credentialId", transports, domain from staff.factor where staff_id = $1 and kind = 'passkey' order by id`,
)
const insertPasskey = statement<{ id: number }>(
  "staff.insert_passkey",
  `insert into staff.factor (staff_id, kind, name, domain, credential_id, public_key, uses_counted, synced, transports)
   values ($1, 'passkey', $2, $3, $4, $5, $6, $7, $8) on conflict (credential_id) do nothing returning id`,
)

type Accepting = { invitation: string; deviceName: string; device: string; at: Date }

/** What a browser needs to make the passkey an invitation is for; the phone has to verify its owner. Errors: `invitation_invalid`. */
export async function askForStaffPasskey(
  tx: Tx,
  { invitation, site, chain }: { invitation: string; site: PasskeySite; chain: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { invitationId, staffId, name } = await invitationFor(tx, invitation)
  const here = (await held(tx, [staffId])).filter(({ domain }) => domain === site.domain)
  return {
    rp: { id: site.domain, name: chain },
    user: { id: staffHandle(tx, staffId), name: String(staffId), displayName: name },
    challenge: await makeChallenge(tx, `invitation:${invitationId}`),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: "public-key" })),
    timeout: CHALLENGE_MINUTES * 60_000,
    excludeCredentials: here.map(({ credentialId, transports }) => ({
      ...{ id: credentialId.toString("base64url"), type: "public-key" as const },
      transports: transports as NonNullable<PublicKeyCredentialCreationOptionsJSON["excludeCredentials"]>[number]["transports"] & object,
    })),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    attestation: "none",
  }
}

/** Keeps the passkey that was made for an invitation, and uses the invitation up. `answer`: the browser's JSON. Errors: `invitation_invalid`, `factor_failed`. */
export async function acceptWithPasskey(
  db: Db,
  { invitation, answer, site, deviceName, device, at }: Accepting & { answer: string; site: PasskeySite },
): Promise<{ staffId: number; factorId: number }> {
  const read = readNewKey(answer) ?? refuse("factor_failed")
  const asked = await inTransaction(db, async (tx) => {
    const found = await invitationFor(tx, invitation)
    return { ...found, isOurs: await takeChallenge(tx, { challenge: read.challenge, asker: `invitation:${found.invitationId}` }) }
  })
  const key = (asked.isOurs ? await verifiedNewKey(read, site) : undefined) ?? refuse("factor_failed")
  return inTransaction(db, async (tx) => {
    const { staffId, invitationId } = asked
    await useInvitation(tx, { invitationId, staffId, at })
    const name = nameFor({ maker: key.maker, deviceName }).slice(0, 100)
    const row = [staffId, name, site.domain, key.credentialId, key.publicKey, key.counter, key.synced, key.transports]
    const [{ id: factorId } = refuse("factor_failed")] = await insertPasskey(tx, row)
    await factorAdded(tx, { staffId, factorId, kind: "passkey", device, at })
    return { staffId, factorId }
  })
}

/** What phones know a person of the staff by: the same each time, and telling nobody anything. */
export const staffHandle = (tx: Pick<Tx, "secrets">, staffId: number): string =>
  tx.secrets.hmac("staff.passkey-handle", String(staffId)).toString("base64url")
