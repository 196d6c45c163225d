import { type AppleKeys, APPLE_PATH } from "./apple-keys.ts"
import type { GoogleKeys } from "./google-keys.ts"
import type { Programme } from "./pass.ts"

/** What the shop's passes say, and the wallets it has keys of. */
export type Wallets = {
  programme: Programme
  apple: AppleKeys | null
  google: GoogleKeys | null
}

/** Where iPhones ask for passes again; they add `/v1/…` themselves. */
export const appleUpdatesUrl = ({ programme }: Wallets): string => programme.site + APPLE_PATH
