import { shopByCode } from "@mila/shops"
import { statement, type Tx } from "@mila/kernel"
import type { TillIdentity } from "./facts.ts"
import { refuse } from "./refusals.ts"

export type TillState = "waiting" | "enrolled" | "revoked"

export type Till = TillIdentity & {
  state: TillState
  keyId: string | null
  algorithm: TillAlgorithm | null
  createdAt: Date
  enrolledAt: Date | null
  revokedAt: Date | null
}

export type TillAlgorithm = "hmac-sha256" | "ed25519"

/** What a signature is checked with. */
export type TillKey = TillIdentity & { keyId: string } & (
    | { algorithm: "hmac-sha256"; secret: Buffer }
    | { algorithm: "ed25519"; /** the JWK's x, base64url */ publicKey: string }
  )

const COLUMNS = `id as "tillId", shop, number as till, state, key_id as "keyId", algorithm, created_at as "createdAt",
  enrolled_at as "enrolledAt", revoked_at as "revokedAt"`

const create = statement<Till>(
  "tills.create",
  `insert into tills.till (shop, number, created_at) values ($1, $2, $3) on conflict (shop, number) do nothing returning ${COLUMNS}`,
)
const page = statement<Till>(
  "tills.page",
  `select ${COLUMNS} from tills.till where ($1::text is null or shop = $1) and id > $2 order by id limit $3`,
)
const byId = statement<Till>("tills.by_id", `select ${COLUMNS} from tills.till where id = $1`)
const byNumber = statement<Till>("tills.by_number", `select ${COLUMNS} from tills.till where shop = $1 and number = $2`)
const revoke = statement<Till>(
  "tills.revoke",
  `update tills.till set state = 'revoked', revoked_at = coalesce(revoked_at, $2), key_id = null, algorithm = null, secret_sealed = null,
     public_key = null where id = $1 returning ${COLUMNS}`,
)
const killCodes = statement("tills.kill_codes", "delete from tills.enrolment_code where till_id = $1 and used_at is null")
const byKey = statement<TillIdentity & { algorithm: TillAlgorithm; secret_sealed: Buffer | null; public_key: string | null }>(
  "tills.by_key",
  `select id as "tillId", shop, number as till, algorithm, secret_sealed, public_key from tills.till where key_id = $1 and state = 'enrolled'`,
)

/** Makes the place for a till in a shop; it says nothing to us until it is enrolled. Refuses `shop_not_found` and `till_exists`. */
export async function createTill(tx: Tx, { shop, till, at }: { shop: string; till: number; at: Date }): Promise<Till> {
  if (!(await shopByCode(tx, shop))) refuse("shop_not_found", { shop })
  const [made] = await create(tx, [shop, till, at])
  return made ?? refuse("till_exists", { shop, till })
}

/** Tills in the order they were made, from the one after `after` on; of one shop when named. */
export function listTills(
  tx: Tx,
  { shop = null, after = 0, most = 100 }: { shop?: string | null; after?: number; most?: number } = {},
): Promise<Till[]> {
  return page(tx, [shop, after, most])
}

/** The till of this id. Refuses `till_not_found`. */
export async function tillById(tx: Tx, tillId: number): Promise<Till> {
  const [till] = await byId(tx, [tillId])
  return till ?? refuse("till_not_found", { tillId })
}

/** The till of this shop and number, if it was ever made. */
export async function tillByNumber(tx: Tx, { shop, till }: { shop: string; till: number }): Promise<Till | undefined> {
  const [found] = await byNumber(tx, [shop, till])
  return found
}

/** Takes the till's key away; doors stop accepting it within ten seconds. Repeating it is harmless. Refuses `till_not_found`. */
export async function revokeTill(tx: Tx, { tillId, at }: { tillId: number; at: Date }): Promise<Till> {
  await killCodes(tx, [tillId])
  const [till] = await revoke(tx, [tillId, at])
  return till ?? refuse("till_not_found", { tillId })
}

/** The key a request says it is signed with; undefined when nobody has it, or it was revoked. */
export async function tillByKey(tx: Tx, keyId: string): Promise<TillKey | undefined> {
  const [row] = await byKey(tx, [keyId])
  if (!row) return undefined
  const { tillId, shop, till, algorithm, secret_sealed, public_key } = row
  if (algorithm === "ed25519") return { tillId, shop, till, keyId, algorithm, publicKey: public_key! }
  return { tillId, shop, till, keyId, algorithm, secret: Buffer.from(tx.secrets.open("tills.secret", secret_sealed!), "base64url") }
}
