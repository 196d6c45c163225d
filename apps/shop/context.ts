import type { Finder } from "@mila/catalog"
import type { Clock, Db, Locale, Log } from "@mila/kernel"

export type ShopContext = { db: Db; clock: Clock; log: Log; finder: Finder; publicUrl: string }

export type ShopEnv = { Variables: { requestId: string; locale: Locale } }
