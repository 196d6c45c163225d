import { statement, type Tx } from "@mila/kernel"
import { createPublicKey, randomBytes } from "node:crypto"
import type { TillIdentity } from "./facts.ts"
import { refuse } from "./refusals.ts"
import { tillById } from "./tills.ts"

const CODE_HOURS = 24
const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789" // 32 signs, none looks like another

const forget = statement("tills.forget_codes", "delete from tills.enrolment_code where till_id = $1 and used_at is null")
const remember = statement("tills.remember_code", "insert into tills.enrolment_code (code_hash, till_id, expires_at) values ($1, $2, $3)")
const burn = statement<TillIdentity>(
  "tills.burn_code",
  `with burnt as (
     update tills.enrolment_code set used_at = $2 where code_hash = $1 and used_at is null and expires_at > $2 returning till_id
   ) select id as "tillId", shop, number as till from tills.till where id in (select till_id from burnt)`,
)
const setKey = statement(
  "tills.set_key",
  `update tills.till set state = 'enrolled', enrolled_at = $2, revoked_at = null, key_id = $3, algorithm = $4, secret_sealed = $5, public_key = $6
    where id = $1`,
)

/** An Ed25519 public key as a JSON Web Key (RFC 8037). */
export type PublicKey = { kty: "OKP"; crv: "Ed25519"; x: string }

export type Enrolled = TillIdentity & {
  keyId: string
  /** base64url, 32 bytes, shown this once; null when the till brought a key */ secret: string | null
}

/**
 * A code that enrols the till once, within 24 hours; 100 bits, kept as a keyed hash. An earlier unused code of the till dies.
 * Refuses `till_not_found`.
 */
export async function issueEnrolmentCode(tx: Tx, { tillId, at }: { tillId: number; at: Date }): Promise<{ code: string; expiresAt: Date }> {
  await tillById(tx, tillId)
  const letters = Array.from(randomBytes(20), (byte) => ALPHABET[byte & 31]).join("")
  const expiresAt = new Date(at.getTime() + CODE_HOURS * 3_600_000)
  await forget(tx, [tillId])
  await remember(tx, [hashOf(tx, letters), tillId, expiresAt])
  return { code: letters.match(/.{5}/g)!.join("-"), expiresAt }
}

/**
 * Gives the till its key for the code: with a public key it keeps its private one to itself, without it gets a shared secret, shown once.
 * The till's earlier key ends. Refuses `enrolment_code_invalid` (wrong, used or old alike) and `public_key_invalid`.
 */
export async function enrolTill(
  tx: Tx,
  { code, publicKey, at }: { code: string; publicKey: PublicKey | null; at: Date },
): Promise<Enrolled> {
  if (publicKey && !isEd25519(publicKey)) refuse("public_key_invalid")
  const [till] = await burn(tx, [hashOf(tx, code), at])
  if (!till) return refuse("enrolment_code_invalid")
  // Every reason to refuse is behind us.
  const keyId = `till-${till.tillId}-${randomBytes(6).toString("hex")}`
  const secret = publicKey ? null : randomBytes(32).toString("base64url")
  const sealed = secret === null ? null : tx.secrets.seal("tills.secret", secret)
  await setKey(tx, [till.tillId, at, keyId, publicKey ? "ed25519" : "hmac-sha256", sealed, publicKey?.x ?? null])
  return { ...till, keyId, secret }
}

/** Dashes, spaces and case are the person's, not the code's. */
function hashOf(tx: Tx, code: string): Buffer {
  return tx.secrets.hmac("tills.enrolment", code.replace(/[\s-]/g, "").toUpperCase())
}

function isEd25519({ kty, crv, x }: PublicKey): boolean {
  if (kty !== "OKP" || crv !== "Ed25519" || !/^[A-Za-z0-9_-]{43}$/.test(x)) return false
  try {
    createPublicKey({ key: { kty, crv, x }, format: "jwk" })
    return true
  } catch {
    return false
  }
}
