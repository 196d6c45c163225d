import { type Db, inTransaction, statement, type Tx } from "@mila/kernel"
import { ALGORITHMS, nameFor, type NewKey, type PasskeySite, readNewKey, verifiedNewKey } from "@mila/kernel/passkeys"
import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/server"
import { recordEvent } from "../history.ts"
import { livingMember } from "../lock.ts"
import { personOf } from "../person.ts"
import { makeChallenge, PASSKEY_POLICY, takeChallenge } from "./challenges.ts"
import { passkeysOf, sealName } from "./passkeys.ts"
import { refuse } from "./refusals.ts"

const alone = statement("members.passkeys_alone", "select pg_advisory_xact_lock(hashtextextended($1, 7265018))")
const insert = statement<{ id: number }>(
  "members.insert_passkey",
  `insert into members.passkey (member_id, domain, credential_id, public_key, uses_counted, synced, transports, name_sealed, made_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (credential_id) do nothing returning id`,
)

type Adding = { memberId: number; sessionId: number; site: PasskeySite; at: Date }

/**
 * What a browser needs to make a passkey (`PublicKeyCredentialCreationOptionsJSON`); or the seconds to wait. The phone has to verify its owner; it is not
 * asked to vouch for its make; and it says no itself where it has one already. The caller has a fresh proof of who asks. Refuses `too_many_passkeys`.
 */
export async function askForPasskey(
  tx: Tx,
  { memberId, sessionId, site, chain, at }: Adding & { chain: string },
): Promise<{ options: PublicKeyCredentialCreationOptionsJSON } | { retryAfterSeconds: number }> {
  const living = await livingMember(tx, memberId)
  const person = await personOf(tx, living)
  const held = await passkeysOf(tx, living)
  if (held.length >= PASSKEY_POLICY.mostPerMember) refuse("too_many_passkeys")
  const limits = [{ limit: PASSKEY_POLICY.additionsPerMember, key: String(living) }]
  const made = await makeChallenge(tx, { purpose: "add", asker: `session:${sessionId}`, limits, at })
  if (!("challenge" in made)) return made
  return {
    options: {
      rp: { id: site.domain, name: chain },
      // what the phone shows beside it: not the whole number, for whoever looks over a shoulder
      user: { id: memberHandle(tx, living), name: person?.maskedPhone ?? "", displayName: person?.name?.given ?? "" },
      challenge: made.challenge,
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: "public-key" })),
      timeout: PASSKEY_POLICY.challengeMinutes * 60_000,
      excludeCredentials: descriptors(held, site),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
    },
  }
}

/**
 * Keeps the passkey a phone has made, under the name of the device until its owner gives it another. `answer` is the JSON of the browser's credential.
 * The challenge is used up whatever comes of it; the answer is looked at between two transactions. `told` runs with the change: notices to the person.
 * Refuses `passkey_failed`, `passkey_known`, `too_many_passkeys`, `member_left`.
 */
export async function addPasskey(
  db: Db,
  { memberId, sessionId, answer, site, deviceName, at }: Adding & { answer: string; deviceName: string },
  told: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<{ passkeyId: number }> {
  const read = readNewKey(answer) ?? refuse("passkey_failed")
  const asker = `session:${sessionId}` as const
  const isOurs = await inTransaction(db, (tx) => takeChallenge(tx, { challenge: read.challenge, purpose: "add", asker, at }))
  const key = (isOurs ? await verifiedNewKey(read, site) : undefined) ?? refuse("passkey_failed")
  return inTransaction(db, async (tx) => {
    const passkeyId = await keep(tx, { memberId, key, domain: site.domain, name: nameFor({ maker: key.maker, deviceName }), at })
    await told(tx)
    return { passkeyId }
  })
}

type Keeping = { memberId: number; key: NewKey; domain: string; name: string; at: Date }

async function keep(tx: Tx, { memberId, key, domain, name, at }: Keeping): Promise<number> {
  const living = await livingMember(tx, memberId)
  await alone(tx, [String(living)])
  if ((await passkeysOf(tx, living)).length >= PASSKEY_POLICY.mostPerMember) refuse("too_many_passkeys")
  const { credentialId, publicKey, counter, synced, transports } = key
  const row = [living, domain, credentialId, publicKey, counter, synced, transports, sealName(tx, name), at]
  const [kept] = await insert(tx, row)
  if (!kept) return refuse("passkey_known")
  await recordEvent(tx, { memberId: living, what: "passkey_added", at, by: `member:${living}`, details: { passkey: kept.id, synced } })
  return kept.id
}

/** What phones know a member by: the same each time, so that they keep one account, and telling nobody anything. */
export const memberHandle = (tx: Pick<Tx, "secrets">, memberId: number): string =>
  tx.secrets.hmac("members.passkey-handle", String(memberId)).toString("base64url")

/** Passkeys of this site as a browser names them. */
export const descriptors = (held: Awaited<ReturnType<typeof passkeysOf>>, { domain }: PasskeySite) =>
  held
    .filter((one) => one.domain === domain)
    .map(({ credentialId, transports }) => ({
      id: credentialId.toString("base64url"),
      type: "public-key" as const,
      transports: transports as never[],
    }))
