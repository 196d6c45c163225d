import { assert, type Locale } from "@mila/kernel"
import { be } from "./texts-be.ts"
import { en } from "./texts-en.ts"
import { fitsOneSms } from "./sms-text.ts"
import { ru } from "./texts-ru.ts"

/** What each template needs to be filled in; days come written out by the caller (`15.05`). */
export type TemplateParams = {
  /** proves that the person has the phone in hand; short-lived. `host` is of the page it is typed on, which the phone may fill in */
  confirmation_code: { code: string; host?: string }
  /** the same for whoever represents a child: it says so, for they may know nothing of us */
  representative_code: { code: string; host?: string }
  welcome: Record<never, never>
  /** to the representative: a child has a card by their consent */
  child_card_issued: Record<never, never>
  /** to both: the representative agrees no more, the membership ends on `day` */
  representative_withdrew: { day: string }
  /** to the child and the representative: the birth date was put right, the sixteenth birthday is on `day`, with its year */
  birth_date_corrected: { day: string }
  /** sixteen: their own consent is asked for until `day` */
  sixteen_asked: { day: string }
  /** they did not answer: what is not needed for the card is switched off */
  sixteen_silent: Record<never, never>
  card_blocked: { lastDigits: string }
  card_unblocked: { lastDigits: string }
  card_replaced: { lastDigits: string }
  partner_card_linked: { lastDigits: string }
  /** somebody else says it is theirs; goes to both */
  partner_card_claimed: { lastDigits: string }
  /** the card stays whose it was; goes to both */
  partner_card_claim_rejected: { lastDigits: string }
  partner_card_unlinked: { lastDigits: string }
  /** `device` is «Chrome, Android» */
  new_device: { device: string }
  /** tokens of an app were used twice; `device` is what the member calls it */
  session_copied: { device: string }
  password_changed: Record<never, never>
  passkey_added: Record<never, never>
  passkey_removed: Record<never, never>
  /** a pass with a key that spends was put to Google Wallet */
  google_pass_added: Record<never, never>
  /** its counter went backwards */
  passkey_doubted: Record<never, never>
  /** everything that is kept about them was handed out */
  copy_taken: { device: string }
  /** the member had locked spending, and somebody who proved to be them opened it */
  spending_opened: Record<never, never>
  /** goes to the former and to the new number */
  phone_changed: { lastDigits: string }
  /** by e-mail alone: somebody asks for another number, ending so; the link says yes or no */
  new_number_asked: { link: string; lastDigits: string }
  /** the number changes on `day` unless somebody says no */
  new_number_soon: { day: string; lastDigits: string }
  /** by e-mail alone: the number ending so is somebody else's now; `link` leads back to the account */
  number_parked: { lastDigits: string; link: string }
  /** by e-mail alone: the address was typed at joining; `link` proves that it is theirs */
  email_to_prove: { link: string }
  /** goes to the phone, the former address and the new one */
  email_changed: Record<never, never>
  /** `points` in all, which begin to expire after `day`; `byDay` is one line a day */
  points_expiring: { points: number; day: string; byDay: string }
  /** advertising: `text` is the marketer's, `unsubscribe` an address that ends it */
  offer: { text: string; unsubscribe: string }
  /** new wordings of what the contract rests on, by their titles, are in force from `day` on */
  terms_changed: { what: string; day: string }
  /** the answer itself is read in the account: what it says is about a person's data */
  request_answered: Record<never, never>
  /** a clerk corrected a name or a birthday at the person's wish */
  person_corrected: Record<never, never>
  /** «на кассе другая цена» was answered: `number` of the claim, the `thing`, its `price` as shown, the `answer` */
  price_claim_answered: { number: string; thing: string; price: string; answer: string }
  points_adjusted: { points: number }
  /** a receipt they asked for arrived; `day` is its day of sale */
  points_claimed: { points: number; day: string }
  points_claim_refused: { day: string }
  /** somebody asked to be told: `price` is money in words, `thing` and `shop` are short */
  favourite_cheaper: { thing: string; price: string }
  favourite_back: { thing: string; shop: string }
  review_published: Record<never, never>
  /** the reason is read in the account */
  review_refused: Record<never, never>
  memberships_joined: Record<never, never>
  /** a merge was undone; goes to both */
  memberships_parted: Record<never, never>
  /** somebody who left gave theirs */
  points_given: { points: number }
  /** they leave on `day` unless they take it back */
  leaving_asked: { day: string }
  /** the one answer to STOP, to a number nobody knows as well */
  ads_stopped: Record<never, never>
  /** the last message somebody gets */
  membership_left: { points: number }
}

export type Template = keyof TemplateParams

/**
 * What a message is, and with it what it needs: `service` follows from the contract, `legal` from the law, `advertising` goes only to who agreed to it
 * (Law 225-З), asked at the moment of sending.
 */
export type MessageClass = "service" | "advertising" | "legal"

const CLASSES: Partial<Record<Template, MessageClass>> = {
  ...{ membership_left: "legal", request_answered: "legal", terms_changed: "legal", offer: "advertising" },
  ...{
    child_card_issued: "legal",
    representative_withdrew: "legal",
    birth_date_corrected: "legal",
    sixteen_asked: "legal",
    sixteen_silent: "legal",
  },
}

/** The class a template is bound to; most follow from the contract. */
export const classOf = (template: Template): MessageClass => CLASSES[template] ?? "service"

/** Templates that carry a code: sent before anything else, shown and kept nowhere. */
export const CODES = ["confirmation_code", "representative_code"] as const satisfies readonly Template[]
export type CodeTemplate = (typeof CODES)[number]
export const isCode = (template: Template): template is CodeTemplate => CODES.some((one) => one === template)

/** One template in one language. `sms` fits one message of 70 Cyrillic characters when filled in; `short` says the same where a line for the phone follows. */
type Text = { sms: string; short?: string; subject: string; body: string }

/** A dictionary: every template has its text, or it does not compile. */
export type Texts = Record<Template, Text>

const TEXTS: Record<Locale, Texts> = { ru, be, en }

export const TEMPLATES = Object.keys(ru) as Template[]

export type Rendered = { subject: string | null; text: string }

/** The message as the person reads it. Placeholders are filled with plain text; a template without its parameter is a bug. */
export function render({
  template,
  params,
  locale,
  channel,
}: {
  template: Template
  params: Readonly<Record<string, string | number>>
  locale: Locale
  channel: "sms" | "email" | "push"
}): Rendered {
  const text = TEXTS[locale][template]
  const fill = (pattern: string): string =>
    pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name]
      assert(value !== undefined, `${template} needs ${name}`)
      return typeof value === "number" ? new Intl.NumberFormat(locale).format(value) : value
    })
  // a notification bears our name anyway: it says what it is about, and the words of the SMS without who sends it
  if (channel === "push") return { subject: fill(text.subject), text: begun(fill(text.sms).replace(/^(?:Мила|Міла|Mila): /, "")) }
  if (channel === "email") return { subject: fill(text.subject), text: fill(text.body) }
  const says = [text.sms, ...(text.short ? [text.short] : [])].map(fill)
  return { subject: null, text: boundTo(params["host"], says, params) ?? says[0]! }
}

/**
 * A code's SMS with the last line by which a phone fills it in on our page and on no other (WebOTP, origin-bound one-time codes): `@mila.example #123456`.
 * Undefined where the code is for no page, and where the host is so long that no wording leaves room for the line within one SMS.
 */
const boundTo = (host: string | number | undefined, says: readonly string[], { code }: Readonly<Record<string, string | number>>) =>
  host === undefined ? undefined : says.map((text) => `${text}\n@${host} #${code}`).find(fitsOneSms)

const begun = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1)
