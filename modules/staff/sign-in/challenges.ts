import { statement, type Tx } from "@mila/kernel"
import { randomBytes } from "node:crypto"

/** Who asks for a signature, and alone may answer: a browser that holds a flow's token, or whoever holds an invitation. */
type Asker = `flow:${string}` | `invitation:${number}`

export const CHALLENGE_MINUTES = 5

const insert = statement("staff.insert_challenge", "insert into staff.challenge (hash, asker_hash) values ($1, $2)")
const take = statement<{ hash: Buffer }>(
  "staff.take_challenge",
  "delete from staff.challenge where hash = $1 and asker_hash = $2 and ends_at > now() returning hash",
)

/** Makes 256 random bits to be signed within five minutes, base64url. */
export async function makeChallenge(tx: Tx, asker: Asker): Promise<string> {
  const challenge = randomBytes(32).toString("base64url")
  await insert(tx, [challengeHash(tx, challenge), askerHash(tx, asker)])
  return challenge
}

/** Uses a challenge up. False when it was used, is too old or was asked by somebody else. The caller commits either way. */
export async function takeChallenge(tx: Tx, { challenge, asker }: { challenge: string; asker: Asker }): Promise<boolean> {
  return (await take(tx, [challengeHash(tx, challenge), askerHash(tx, asker)])).length > 0
}

const challengeHash = (tx: Tx, challenge: string): Buffer => tx.secrets.hmac("staff.challenge", challenge)
const askerHash = (tx: Tx, asker: Asker): Buffer => tx.secrets.hmac("staff.asker", asker)
