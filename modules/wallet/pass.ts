import { assert, type Day, type Localized, type Points } from "@mila/kernel"

/** What every pass of a programme says. It is public: nothing of it is about a member. */
export type Programme = {
  /** names the programme's class at Google: letters, digits, `.`, `_`, `-`; never changes */
  key: string
  name: Localized
  /** whose programme it is, as the law knows them */
  organisation: string
  /** one sentence, read aloud to whoever cannot see the pass */
  description: Localized
  /** a phone, an address, a sentence: whom to ask */
  contact: string
  links: readonly { title: Localized; url: string }[]
  /** each `#rrggbb` */
  colours: { background: string; text: string; label: string }
  site: string
  /** a picture Google fetches itself, 660 × 660 pixels or more, over https */
  logoUrl: string
}

/** A member's card as a phone's own wallet shows it. */
export type Pass = {
  /** names the pass and nothing else, so never the card's number: letters, digits, `.`, `_`, `-`, at most 64 */
  serial: string
  /** the card's 13 digits */
  number: string
  /** empty: who has none is not named */
  firstName: string
  /** available, whole */
  balance: Points
  /** what ends next, and the last day it can be used; null when nothing does */
  expiring: { points: Points; lastDay: Day } | null
  /** false for a card that is blocked or gone: the pass is shown as void, and says nothing of a person: the phone may be somebody else's by now */
  isActive: boolean
  programme: Programme
}

/** A pass no wallet would show is a bug of whoever asked for it. */
export function assertPass({ serial, number, programme: { key, colours } }: Pass): void {
  assert(/^[\w.-]{1,64}$/.test(serial), "a pass is named by letters, digits, dots, hyphens")
  assert(/^\d{13}$/.test(number), "a card has thirteen digits")
  assert(!serial.includes(number), "a pass is not named by its card's number")
  assert(/^[\w.-]{1,64}$/.test(key), "a programme is named by letters, digits, dots, hyphens")
  for (const colour of Object.values(colours)) assert(/^#[\da-f]{6}$/i.test(colour), "a colour is written #rrggbb")
}
