import { statement, type Tx } from "@mila/kernel"
import { randomBytes } from "node:crypto"
import { type Limit, takeUses } from "../sign-in/limits.ts"

/** What a phone is asked to sign for: a new passkey, a sign-in, or that the one who is signed in is still there. */
export type ChallengePurpose = "add" | "sign_in" | "prove"

/** Who asks, and alone may answer: a browser that nobody is signed in at, by its device token, or a session. */
export type Asker = `device:${string}` | `session:${number}`

/** Limits of passkeys, counted in the database. A sign-in page asks by itself whenever somebody opens it, and a network may be a whole mobile operator. */
export const PASSKEY_POLICY = {
  challengeMinutes: 5,
  mostPerMember: 10,
  asksPerNetwork: { what: "passkey.network", most: 300, minutes: 10 } satisfies Limit,
  asksInAll: { what: "passkey.all", most: 60_000, minutes: 60 } satisfies Limit,
  proofsPerMember: { what: "passkey.prove", most: 60, minutes: 10 } satisfies Limit,
  /** each one that is added or removed is told of, and messages cost money */
  additionsPerMember: { what: "passkey.add", most: 20, minutes: 24 * 60 } satisfies Limit,
  triesPerNetwork: { what: "passkey.tries", most: 60, minutes: 10 } satisfies Limit,
}

const insert = statement(
  "members.insert_challenge",
  "insert into members.passkey_challenge (hash, purpose, asker_hash, expires_at) values ($1, $2, $3, $4)",
)
const take = statement<{ hash: Buffer }>(
  "members.take_challenge",
  "delete from members.passkey_challenge where hash = $1 and purpose = $2 and asker_hash = $3 and expires_at > $4 returning hash",
)
const forget = statement<{ hash: Buffer }>(
  "members.forget_challenges",
  "delete from members.passkey_challenge where expires_at < $1 returning hash",
)

/** Makes 256 random bits to be signed, base64url; or the seconds to wait when one of the limits is passed. */
export async function makeChallenge(
  tx: Tx,
  { purpose, asker, limits, at }: { purpose: ChallengePurpose; asker: Asker; limits: readonly { limit: Limit; key: string }[]; at: Date },
): Promise<{ challenge: string } | { retryAfterSeconds: number }> {
  const retryAfterSeconds = await takeUses(tx, limits, at)
  if (retryAfterSeconds > 0) return { retryAfterSeconds }
  const challenge = randomBytes(32).toString("base64url")
  const expiresAt = new Date(at.getTime() + PASSKEY_POLICY.challengeMinutes * 60_000)
  await insert(tx, [challengeHash(tx, challenge), purpose, askerHash(tx, asker), expiresAt])
  return { challenge }
}

/** Uses a challenge up. False when it was used, is too old, was made for something else or asked by somebody else. The caller commits either way. */
export async function takeChallenge(
  tx: Tx,
  { challenge, purpose, asker, at }: { challenge: string; purpose: ChallengePurpose; asker: Asker; at: Date },
): Promise<boolean> {
  return (await take(tx, [challengeHash(tx, challenge), purpose, askerHash(tx, asker), at])).length > 0
}

/** Forgets challenges that nobody answered and nobody may any more. Answers how many. */
export async function forgetChallenges(tx: Tx, { before }: { before: Date }): Promise<number> {
  return (await forget(tx, [before])).length
}

const challengeHash = (tx: Tx, challenge: string): Buffer => tx.secrets.hmac("members.passkey-challenge", challenge)
const askerHash = (tx: Tx, asker: Asker): Buffer => tx.secrets.hmac("members.passkey-asker", asker)
