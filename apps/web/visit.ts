import type { Finder } from "@mila/catalog"
import type { Clock, Db, Locale, Log } from "@mila/kernel"
import type { PhoneRules, Session } from "@mila/members"
import type { Wallets } from "@mila/wallet"

/** Who sells, as the law wants it said on every page of an internet shop; what nobody has set is null. */
export type Seller = {
  name: string
  address: string
  /** УНП */
  number: string | null
  registered: string | null
  /** its entry in the Trade Register */
  register: string | null
  hours: string | null
  phone: string | null
  email: string | null
  /** who hears complaints */
  complaints: string | null
}

/** What the chain is to its pages. */
export type Site = {
  /** the address people know us by, without a slash at its end */
  publicUrl: string
  /** a made-up chain: pages say so, and show what would be sent */
  demo: boolean
  phoneRules: PhoneRules
  /** after so many months without a sign-in or a purchase a code by SMS alone opens no account */
  dormantMonths: number
  seller: Seller
  /** a source of map tiles of the chain's own, and the credit it asks for; without it our own base map stands alone */
  tiles?: { url: string; credit: string } | null
  /** the wallets of phones the card may be put into; null: none is mentioned */
  wallets: Wallets | null
  /** our public key at the services of browsers, and which services those may be; null: notifications are not offered */
  push: { publicKey: string; hosts: readonly string[] } | null
  /** the secret end of the address at which a gateway brings what people write to us; null: there is none */
  smsIncomingToken: string | null
  /** on a demo codes are printed where it was started */
  tellCode?: (phone: string, code: string) => void
}

/** One request of a person: what pages ask of the house. It is made by the door and handed to loaders and actions. */
export type Visit = {
  db: Db
  clock: Clock
  log: Log
  site: Site
  /** finds goods */
  finder: Finder
  requestId: string
  /** the network address of whoever asks */
  ip: string
  locale: Locale
  nonce: string
  /** the session, if somebody is signed in here */
  session: Session | undefined
  /** names this browser to us, whoever uses it */
  device: string
  /** it was never here before, or has forgotten: nothing is kept under its name */
  isNew: boolean
  /** what the person will know the browser by: «Chrome, Android» */
  deviceName: string
  /** large type and three big buttons, for whoever wants them */
  large: boolean
  /** the zone whose prices are shown, because a region's feed led here; undefined: those of the visitor's shop, or the main ones */
  zone: string | undefined
  cookies: Cookies
  /** Tells that something of the page is missing that will be there in a moment: the page is kept for nobody. */
  leavesGap: () => void
  /** what was sent held a bank card number; it was left out, and nothing was done */
  bankCard: boolean
  /** nobody could say who asks, for the database is away: every page says that it will be back */
  isAway: boolean
}

export type CookieName = "session" | "device" | "flow" | "child" | "owner" | "view" | "shop" | "zone" | "seen" | "liked"

/** The cookies of one visit; what is set goes out with the answer. */
export type Cookies = {
  get(name: CookieName): string | undefined
  set(name: CookieName, value: string, options: { days: number }): void
  forget(name: CookieName): void
  /** `Set-Cookie` headers of the answer */
  headers(): string[]
}
