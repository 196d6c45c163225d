import { type Day, type Locale, type Localized } from "@mila/kernel"
import type { Reason } from "./receipt-rules.ts"

// Words for the printed slip and for the cashier. Points are shown in roubles: one point is one kopeck of discount.

/** Signs in a line of the narrowest printers of tills: a paper of 57 mm. What fits there fits 42 as well. */
export const SLIP_WIDTH = 32

const SLIP = {
  earnedPending: {
    ru: "Начислено бонусов: {sum} BYN, доступны с {day}",
    be: "Налічана бонусаў: {sum} BYN, даступныя з {day}",
    en: "Points earned: {sum} BYN, available from {day}",
  },
  earnedNow: {
    ru: "Начислено бонусов: {sum} BYN, уже доступны",
    be: "Налічана бонусаў: {sum} BYN, ужо даступныя",
    en: "Points earned: {sum} BYN, available now",
  },
  redeemed: { ru: "Оплачено бонусами: {sum} BYN", be: "Аплачана бонусамі: {sum} BYN", en: "Paid with points: {sum} BYN" },
  balance: { ru: "Доступно бонусов: {sum} BYN", be: "Даступна бонусаў: {sum} BYN", en: "Points available: {sum} BYN" },
  owed: {
    ru: "Долг: {sum} BYN, его погасят следующие начисления",
    be: "Доўг: {sum} BYN, яго пагасяць наступныя налічэнні",
    en: "Owed: {sum} BYN; your next points will cover it",
  },
  waits: {
    ru: "Бонусы начислим после проверки чека",
    be: "Бонусы налічым пасля праверкі чэка",
    en: "Points will follow once the receipt is checked",
  },
  parked: {
    ru: "Возврат принят, бонусы пересчитаем",
    be: "Вяртанне прынята, бонусы пералічым",
    en: "Return accepted; points will be recalculated",
  },
  clawed: {
    ru: "Снято начисленных бонусов: {sum} BYN",
    be: "Знята налічаных бонусаў: {sum} BYN",
    en: "Earned points taken back: {sum} BYN",
  },
  restored: { ru: "Возвращено бонусов: {sum} BYN", be: "Вернута бонусаў: {sum} BYN", en: "Points returned: {sum} BYN" },
} satisfies Record<string, Localized>

const CASHIER = {
  card_blocked: {
    ru: "Карта заблокирована: продажа без бонусов",
    be: "Картка заблакіравана: продаж без бонусаў",
    en: "Card blocked: sell without points",
  },
  card_replaced: {
    ru: "Карта заменена: начислим на новую",
    be: "Картка заменена: налічым на новую",
    en: "Card replaced: points go to the new one",
  },
  card_removed: { ru: "Карта больше не действует", be: "Картка больш не дзейнічае", en: "The card is no longer valid" },
  card_not_attached: {
    ru: "Карта без владельца: предложите её активировать",
    be: "Картка без уладальніка: прапануйце яе актываваць",
    en: "Card has no owner yet: offer to activate it",
  },
  needs_confirmation: {
    ru: "Для списания нужен код из приложения или из SMS",
    be: "Для спісання патрэбны код з праграмы або з SMS",
    en: "To pay with points, ask for the code in the app or by SMS",
  },
  spend_locked: {
    ru: "Списание закрыл владелец карты, бонусы только начисляются",
    be: "Спісанне закрыў уладальнік карткі, бонусы толькі налічваюцца",
    en: "The cardholder has locked spending: points are only earned",
  },
  spend_rests: {
    ru: "Списание на сутки закрыто для защиты владельца, бонусы начисляются",
    be: "Спісанне на суткі закрыта для абароны ўладальніка, бонусы налічваюцца",
    en: "Spending is paused for a day to protect the owner: points are only earned",
  },
  card_unknown: { ru: "Карта не найдена", be: "Картка не знойдзена", en: "Card not found" },
  employee: {
    ru: "Карта сотрудника на своей кассе: бонусы не начисляются",
    be: "Картка супрацоўніка на сваёй касе: бонусы не налічваюцца",
    en: "Employee card at their own till: no points",
  },
  receipt_waits: { ru: "Чек принят и ждёт проверки", be: "Чэк прыняты і чакае праверкі", en: "Receipt accepted, waiting to be checked" },
} satisfies Record<string, Localized>

const EXPIRING: Localized = {
  ru: "После {day} сгорят бонусы на {sum} BYN",
  be: "Пасля {day} згараць бонусы на {sum} BYN",
  en: "{sum} BYN in points expire after {day}",
}

/** What the cashier may say about points that are about to end; null when none are. */
export function expiringText(soon: readonly { day: Day; points: number }[], locale: Locale): string | null {
  const first = soon[0]
  return first ? EXPIRING[locale].replace("{sum}", roubles(first.points, locale)).replace("{day}", dayAndMonth(first.day)) : null
}

export type CashierWord = keyof typeof CASHIER

export const cashierText = (word: CashierWord, locale: Locale): string => CASHIER[word][locale]

/** What is printed below a sale. */
export function saleSlip(
  {
    lines,
    redeemed,
    balance,
    at,
  }: {
    lines: readonly { earned: number; activatesOn: Day | null }[]
    redeemed: number
    balance: { available: number; owed: number } | null
    at: Day
  },
  locale: Locale,
): string[] {
  const slip: string[] = []
  const byDay = new Map<Day | null, number>()
  for (const { earned, activatesOn } of lines) {
    if (earned === 0) continue
    const day = activatesOn !== null && activatesOn > at ? activatesOn : null
    byDay.set(day, (byDay.get(day) ?? 0) + earned)
  }
  if (redeemed > 0) slip.push(SLIP.redeemed[locale].replace("{sum}", roubles(redeemed, locale)))
  for (const [day, earned] of [...byDay].toSorted(([one], [other]) => ((one ?? "") < (other ?? "") ? -1 : 1))) {
    const text = day === null ? SLIP.earnedNow[locale] : SLIP.earnedPending[locale].replace("{day}", dayAndMonth(day))
    slip.push(text.replace("{sum}", roubles(earned, locale)))
  }
  if (balance) slip.push(SLIP.balance[locale].replace("{sum}", roubles(balance.available, locale)))
  if (balance && balance.owed > 0) slip.push(SLIP.owed[locale].replace("{sum}", roubles(balance.owed, locale)))
  return slip.flatMap(printed)
}

/** What is printed below a return. */
export function returnSlip({ clawed, restored }: { clawed: number; restored: number }, locale: Locale): string[] {
  const slip: string[] = []
  if (restored > 0) slip.push(SLIP.restored[locale].replace("{sum}", roubles(restored, locale)))
  if (clawed > 0) slip.push(SLIP.clawed[locale].replace("{sum}", roubles(clawed, locale)))
  return slip.flatMap(printed)
}

export const waitingSlip = (locale: Locale): string[] => printed(SLIP.waits[locale])
export const parkedSlip = (locale: Locale): string[] => printed(SLIP.parked[locale])

/** A text in lines a printer of tills has room for, each as full as it may be. A number stays with its unit, a day with the word before it. */
function printed(text: string): string[] {
  const parts = text.split(/ (?!BYN|\d\d\.\d\d)/)
  const lines: string[] = []
  for (const part of parts) {
    const longer = [lines.at(-1), part].filter((one) => one !== undefined).join(" ")
    if (lines.length > 0 && longer.length <= SLIP_WIDTH) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines
}

/** What the cashier reads when a receipt waits, from the reasons it waits for. */
export function cashierWords(reasons: readonly Reason[], locale: Locale): string[] {
  const words: string[] = []
  if (reasons.includes("card_unknown")) words.push(cashierText("card_unknown", locale))
  if (reasons.includes("card_blocked")) words.push(cashierText("card_blocked", locale))
  if (reasons.includes("card_removed")) words.push(cashierText("card_removed", locale))
  return words.length > 0 || reasons.length === 0 ? words : [cashierText("receipt_waits", locale)]
}

/** `1,23` in Russian and Belarusian, `1.23` in English. */
function roubles(kopecks: number, locale: Locale): string {
  const text = `${Math.trunc(kopecks / 100)}.${String(Math.abs(kopecks % 100)).padStart(2, "0")}`
  return locale === "en" ? text : text.replace(".", ",")
}

/** `15.05` of `2027-05-15`. */
const dayAndMonth = (day: Day): string => `${day.slice(8)}.${day.slice(5, 7)}`
