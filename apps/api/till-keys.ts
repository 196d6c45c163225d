import { type Db, inTransaction } from "@mila/kernel"
import { tillByKey, type TillIdentity } from "@mila/tills"
import { type Verifier, verifierOf } from "./signature.ts"

export type KnownTill = { identity: TillIdentity; verifier: Verifier }

/** A revoked key stops within this time: well below the promised minute. */
const KEPT_MS = 10_000
const MOST_KEYS = 50_000

/** Keys of tills by their id, read from the database at most once in ten seconds each; a key nobody has is remembered as such for a second. */
export function tillKeys(db: Db): (keyId: string) => Promise<KnownTill | undefined> {
  const kept = new Map<string, { until: number; till: Promise<KnownTill | undefined> }>()
  return (keyId) => {
    const now = performance.now()
    const known = kept.get(keyId)
    if (known && known.until > now) return known.till
    if (kept.size >= MOST_KEYS) kept.clear()
    const entry = { until: now + KEPT_MS, till: read(db, keyId) }
    kept.set(keyId, entry)
    entry.till.then(
      (till) => {
        if (!till) entry.until = now + 1_000
      },
      () => kept.delete(keyId),
    )
    return entry.till
  }
}

async function read(db: Db, keyId: string): Promise<KnownTill | undefined> {
  if (!/^[\x21-\x7e]{1,128}$/.test(keyId)) return undefined
  const till = await inTransaction(db, (tx) => tillByKey(tx, keyId), { readsFirst: true })
  if (!till) return undefined
  return { identity: { tillId: till.tillId, shop: till.shop, till: till.till }, verifier: verifierOf(till) }
}
