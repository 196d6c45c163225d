import type { Clock, Db, Locale, Log, Tx } from "@mila/kernel"
import type { PhoneRules, Session } from "@mila/members"
import type { Wallets } from "@mila/wallet"

/** What the account's door is given by the program that opens it. */
export type AccountContext = {
  db: Db
  clock: Clock
  log: Log
  /** the address people know the chain by, without a slash at its end */
  publicUrl: string
  phoneRules: PhoneRules
  /** months after which a code alone opens an account no more */
  dormantMonths: number
  /** the wallets of phones the card may be put into; null: none */
  wallets: Wallets | null
  /** how many requests a second one device may send, and one network without a token */
  requestsPerSecond: number
  /** on a demo codes are printed where it was started */
  tellCode?: (sentTo: string, code: string) => void
}

export type AccountEnv = { Variables: { requestId: string; clientAddress: string; locale: Locale; session: Session | undefined } }

/** What an act of a guest's is called with. `ip` is the network address of whoever asks. */
export type GuestCall<Params, Query, Body> = {
  at: Date
  locale: Locale
  ip: string
  requestId: string
  session: Session | undefined
  params: Params
  query: Query
  body: Body
  context: AccountContext
}

/** The same of a member's. */
export type MemberCall<Params, Query, Body> = GuestCall<Params, Query, Body> & { session: Session; memberId: number; sessionId: number }

export type InTx = { tx: Tx }
