import { type Locale, money } from "@mila/kernel"

/** How a language writes amounts, rates, days and countable things. */
export type Words = {
  /** `12,34 р.`, in English `BYN 12.34`: as everywhere */
  money(minor: number): string
  /** `3 %` of 300 basis points */
  rate(bps: number): string
  /** `×2` of 20000 */
  times(bps: number): string
  /** `15.05.2027` of `2027-05-15` */
  day(day: string): string
  /** `37 бонусов`: nominative or accusative, in the number's form */
  points(count: number): string
  /** the same after «из», «of» and their like */
  ofPoints(count: number): string
  /** a number with its fraction */
  number(value: number): string
  /** pieces or kilograms of thousandths */
  quantity(milli: number): string
  tender(type: string): string
  presence(presence: string): string
}

type Lexicon = {
  points: Partial<Record<Intl.LDMLPluralRule, string>>
  ofPoints: Partial<Record<Intl.LDMLPluralRule, string>>
  tenders: Record<string, string>
  presences: Record<string, string>
}

const LEXICON: Record<Locale, Lexicon> = {
  ru: {
    points: { one: "бонус", few: "бонуса", many: "бонусов", other: "бонуса" },
    ofPoints: { one: "бонуса", few: "бонусов", many: "бонусов", other: "бонуса" },
    tenders: {
      cash: "наличными",
      card: "банковской картой",
      installment: "картой рассрочки",
      certificate: "подарочным сертификатом",
      erip: "через ЕРИП",
      other: "другим способом",
    },
    presences: { proven: "личность подтверждена", static: "показан только номер карты", phone: "назван только номер телефона" },
  },
  be: {
    points: { one: "бонус", few: "бонусы", many: "бонусаў", other: "бонуса" },
    ofPoints: { one: "бонуса", few: "бонусаў", many: "бонусаў", other: "бонуса" },
    tenders: {
      cash: "наяўнымі",
      card: "банкаўскай карткай",
      installment: "карткай растэрміноўкі",
      certificate: "падарункавым сертыфікатам",
      erip: "праз ЕРІП",
      other: "іншым спосабам",
    },
    presences: { proven: "асоба пацверджана", static: "паказаны толькі нумар карткі", phone: "названы толькі нумар тэлефона" },
  },
  en: {
    points: { one: "point", other: "points" },
    ofPoints: { one: "point", other: "points" },
    tenders: {
      cash: "in cash",
      card: "by bank card",
      installment: "by instalment card",
      certificate: "with a gift certificate",
      erip: "through ERIP",
      other: "in another way",
    },
    presences: { proven: "the person is confirmed", static: "only the card number was shown", phone: "only a phone number was given" },
  },
}

const WORDS: Record<Locale, Words> = { ru: wordsIn("ru"), be: wordsIn("be"), en: wordsIn("en") }

export const wordsFor = (locale: Locale): Words => WORDS[locale]

const NBSP = "\u00a0"

function wordsIn(locale: Locale): Words {
  const plural = new Intl.PluralRules(locale)
  const { points, ofPoints, tenders, presences } = LEXICON[locale]
  const number = (value: number, digits?: number): string => {
    const [whole = "0", fraction] = (digits === undefined ? String(Math.abs(value)) : Math.abs(value).toFixed(digits)).split(".")
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, locale === "en" ? "," : NBSP)
    const sign = value < 0 ? "−" : ""
    return sign + grouped + (fraction === undefined ? "" : (locale === "en" ? "." : ",") + fraction)
  }
  const counted = (forms: Lexicon["points"]) => (count: number) => `${number(count)}${NBSP}${forms[plural.select(count)] ?? forms.other!}`
  return {
    money: (minor) => money(minor, locale),
    rate: (bps) => (locale === "en" ? `${number(bps / 100)}%` : `${number(bps / 100)}${NBSP}%`),
    times: (bps) => `×${number(bps / 10_000)}`,
    day: (day) => `${day.slice(8)}.${day.slice(5, 7)}.${day.slice(0, 4)}`,
    points: counted(points),
    ofPoints: counted(ofPoints),
    number: (value) => number(value),
    quantity: (milli) => number(milli / 1_000),
    tender: (type) => tenders[type] ?? type,
    presence: (presence) => presences[presence] ?? presence,
  }
}
