import type { ImportRules, Session } from "@mila/exchange"
import type { Clock, Db, Log } from "@mila/kernel"

export type ExchangeContext = {
  db: Db
  clock: Clock
  log: Log
  /** a demo's keys open this door */
  isDemo: boolean
  rules: ImportRules
  /** bytes 1C may send at once; it cuts a longer file */
  chunkBytes: number
  /** whether an address may call; everybody may without a list */
  mayCall(address: string): boolean
  /** of the shop, for links in feeds */
  publicUrl: string
  shopName: string
}

export type ExchangeEnv = { Variables: { requestId: string; clientAddress: string; session: Session; staffId: number } }
